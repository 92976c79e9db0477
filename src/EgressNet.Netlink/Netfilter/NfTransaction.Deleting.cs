using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Netfilter;

public sealed partial class NfTransaction
{
    /// <summary>Deletes a table and all that is in it.</summary>
    /// <param name="table">The table, by family and name.</param>
    public void Delete(NfTable table)
    {
        NetlinkWriter message = Begin(NfMessageType.DeleteTable);
        NfTableMessage.WriteName(ref message, table.Family, table.Name);
        Take(ref message, "delete table");
    }

    /// <summary>Deletes a chain with its rules; nothing may jump to it.</summary>
    /// <param name="chain">The chain, by family, table and name.</param>
    public void Delete(NfChain chain)
    {
        NetlinkWriter message = Begin(NfMessageType.DeleteChain);
        NfChainMessage.WriteName(ref message, chain);
        Take(ref message, "delete chain");
    }

    /// <summary>Deletes a set; no rule may use it.</summary>
    /// <param name="set">The set, by family, table and name.</param>
    public void Delete(NfSet set)
    {
        NetlinkWriter message = Begin(NfMessageType.DeleteSet);
        NfSetMessage.WriteName(ref message, set.Family, set.Table, set.Name);
        Take(ref message, "delete set");
    }

    /// <summary>Deletes a set unless it has elements (EBUSY then); no rule may use it.</summary>
    /// <param name="set">The set, by family, table and name.</param>
    public void DeleteIfEmpty(NfSet set)
    {
        NetlinkWriter message = Begin(NfMessageType.DeleteSet, Interop.NLM_F.NLM_F_NONREC);
        NfSetMessage.WriteName(ref message, set.Family, set.Table, set.Name);
        Take(ref message, "delete empty set");
    }

    /// <summary>Deletes a rule as read.</summary>
    /// <param name="rule">The rule, by its handle.</param>
    /// <exception cref="ArgumentException">It has no handle; it was not added.</exception>
    public void Delete(NfRule rule)
    {
        if (rule.Handle == 0)
        {
            throw new ArgumentException("A rule is deleted by the handle that it was read with.", nameof(rule));
        }

        NetlinkWriter message = Begin(NfMessageType.DeleteRule);
        NfRuleMessage.WriteHandle(ref message, rule);
        Take(ref message, "delete rule");
    }

    /// <summary>Deletes an element of a set or a map.</summary>
    /// <param name="set">The set; its family, table and name are looked at.</param>
    /// <param name="element">The element, by its key and whether it ends a range. Of ranges of several fields the
    /// kernel deletes the one that the key is in, whatever its ends: see
    /// <see cref="NfTablesOperations.FindElement(NfSet, NfElement)"/>.</param>
    public void Delete(NfSet set, NfElement element) => Delete(set, [element]);

    /// <summary>Deletes elements of a set or a map as one item.</summary>
    /// <param name="set">The set; its family, table and name are looked at.</param>
    /// <param name="elements">The elements, by key.</param>
    /// <exception cref="ArgumentException">There are none, which the kernel would take for all.</exception>
    public void Delete(NfSet set, IReadOnlyCollection<NfElement> elements)
    {
        if (elements.Count == 0)
        {
            throw new ArgumentException("No elements are given.", nameof(elements));
        }

        NetlinkWriter message = Begin(NfMessageType.DeleteElement);
        NfElementMessage.WriteKeys(ref message, set, elements);
        Take(ref message, "delete element");
    }

    /// <summary>Deletes all elements of a set or a map.</summary>
    /// <param name="set">The set, by family, table and name.</param>
    public void Clear(NfSet set)
    {
        NetlinkWriter message = Begin(NfMessageType.DeleteElement);
        NfElementMessage.WriteSet(ref message, set);
        Take(ref message, "delete all elements");
    }

    /// <summary>Deletes all rules of a table.</summary>
    /// <param name="table">The table, by family and name.</param>
    public void Clear(NfTable table)
    {
        NetlinkWriter message = Begin(NfMessageType.DeleteRule);
        NfRuleMessage.WriteChain(ref message, table.Family, table.Name, null);
        Take(ref message, "delete all rules");
    }

    /// <summary>Deletes all rules of a chain.</summary>
    /// <param name="chain">The chain, by family, table and name.</param>
    public void Clear(NfChain chain)
    {
        NetlinkWriter message = Begin(NfMessageType.DeleteRule);
        NfRuleMessage.WriteChain(ref message, chain.Family, chain.Table, chain.Name);
        Take(ref message, "delete all rules");
    }
}
