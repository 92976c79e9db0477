using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Netfilter;

/// <remarks>Each throws ArgumentException for what cannot be written down, and NetlinkFormatException where there is no room
/// for it: what was added before stays, and can be committed. Names and keys alone tell what is deleted.</remarks>
internal sealed partial class NfTransaction
{
    public void Add(NfTable table, NfAdd add = NfAdd.Create)
    {
        NetlinkWriter message = Begin(NfMessageType.NewTable, FlagsOf(add));
        table.Write(ref message);
        Take(ref message, new("add", NetlinkObject.Table));
    }

    public void Add(NfChain chain, NfAdd add = NfAdd.Create)
    {
        NetlinkWriter message = Begin(NfMessageType.NewChain, FlagsOf(add));
        chain.Write(ref message);
        Take(ref message, new("add", NetlinkObject.Chain));
    }

    public void Add(NfSet set, NfAdd add = NfAdd.Create)
    {
        NetlinkWriter message = Begin(NfMessageType.NewSet, FlagsOf(add));
        set.Write(ref message, ++_setId);
        Take(ref message, new("add", NetlinkObject.Set));
    }

    /// <summary>Appends a rule to its chain.</summary>
    public void Add(NfRule rule)
    {
        NetlinkWriter message = Begin(NfMessageType.NewRule, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_APPEND);
        rule.Write(ref message);
        Take(ref message, new("add", NetlinkObject.Rule));
    }

    public void Add(NfSet set, NfElement element, NfAdd add = NfAdd.Create) => Add(set, [element], add);

    /// <summary>Adds elements of 64 KiB at most as one item.</summary>
    public void Add(NfSet set, IEnumerable<NfElement> elements, NfAdd add = NfAdd.Create)
    {
        NetlinkWriter message = Begin(NfMessageType.NewElement, FlagsOf(add));
        NfElement.Write(ref message, set, elements);
        Take(ref message, new("add", NetlinkObject.Element));
    }

    /// <summary>Deletes a table and all that is in it.</summary>
    public void Delete(NfTable table)
    {
        NetlinkWriter message = Begin(NfMessageType.DeleteTable);
        table.WriteName(ref message);
        Take(ref message, new("delete", NetlinkObject.Table));
    }

    /// <summary>Deletes a chain with its rules; nothing may jump to it.</summary>
    public void Delete(NfChain chain)
    {
        NetlinkWriter message = Begin(NfMessageType.DeleteChain);
        chain.WriteName(ref message);
        Take(ref message, new("delete", NetlinkObject.Chain));
    }

    /// <summary>Deletes a set; no rule may use it.</summary>
    public void Delete(NfSet set)
    {
        NetlinkWriter message = Begin(NfMessageType.DeleteSet);
        set.WriteName(ref message);
        Take(ref message, new("delete", NetlinkObject.Set));
    }

    /// <summary>Deletes a set unless it has elements (EBUSY then); no rule may use it.</summary>
    public void DeleteIfEmpty(NfSet set)
    {
        NetlinkWriter message = Begin(NfMessageType.DeleteSet, NLM_F.NLM_F_NONREC);
        set.WriteName(ref message);
        Take(ref message, new("delete empty", NetlinkObject.Set));
    }

    public void Delete(NfSet set, NfElement element) => Delete(set, [element]);

    /// <summary>Deletes elements as one item. Of concatenated ranges the kernel deletes the one that contains the key,
    /// whatever its ends.</summary>
    /// <exception cref="ArgumentException">There are none, which the kernel would take for all.</exception>
    public void Delete(NfSet set, IReadOnlyCollection<NfElement> elements)
    {
        if (elements.Count == 0)
        {
            throw new ArgumentException("No elements are given.", nameof(elements));
        }

        NetlinkWriter message = Begin(NfMessageType.DeleteElement);
        NfElement.Write(ref message, set, elements, isKeyOnly: true);
        Take(ref message, new("delete", NetlinkObject.Element));
    }

    /// <summary>Deletes all rules of a table.</summary>
    public void Clear(NfTable table)
    {
        NetlinkWriter message = Begin(NfMessageType.DeleteRule);
        NfRule.WriteChain(ref message, table.Family, table.Name);
        Take(ref message, new("delete all", NetlinkObject.Rule) { IsMany = true });
    }

    /// <summary>Deletes all rules of a chain.</summary>
    public void Clear(NfChain chain)
    {
        NetlinkWriter message = Begin(NfMessageType.DeleteRule);
        NfRule.WriteChain(ref message, chain.Family, chain.Table, chain.Name);
        Take(ref message, new("delete all", NetlinkObject.Rule) { IsMany = true });
    }

    private static NLM_F FlagsOf(NfAdd add) =>
        add == NfAdd.Create ? NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL : NLM_F.NLM_F_CREATE;
}
