using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Netfilter;

/// <remarks>Each adding throws ArgumentException for what cannot be written down, and NetlinkFormatException where
/// there is no room for it: what was added before stays, and can be committed.</remarks>
public sealed partial class NfTransaction
{
    /// <summary>Adds a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="add">How to take it that it is there.</param>
    public void Add(NfTable table, NfAdd add = NfAdd.Create)
    {
        NetlinkWriter message = Begin(NfMessageType.NewTable, FlagsOf(add));
        NfTableMessage.Write(ref message, table);
        Take(ref message, "add table");
    }

    /// <summary>Adds a chain.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="add">How to take it that it is there.</param>
    public void Add(NfChain chain, NfAdd add = NfAdd.Create)
    {
        NetlinkWriter message = Begin(NfMessageType.NewChain, FlagsOf(add));
        NfChainMessage.Write(ref message, chain);
        Take(ref message, "add chain");
    }

    /// <summary>Adds a set or a map.</summary>
    /// <param name="set">The set.</param>
    /// <param name="add">How to take it that it is there.</param>
    /// <returns>Its number within this transaction, which a rule's <see cref="NfLookup.SetId"/> may name.</returns>
    public uint Add(NfSet set, NfAdd add = NfAdd.Create)
    {
        NetlinkWriter message = Begin(NfMessageType.NewSet, FlagsOf(add));
        NfSetMessage.Write(ref message, set, ++_setId);
        Take(ref message, "add set");
        return _setId;
    }

    /// <summary>Adds a rule behind all others of its chain, or behind its <see cref="NfRule.Position"/>.</summary>
    /// <param name="rule">The rule.</param>
    public void Add(NfRule rule)
    {
        NetlinkWriter message = Begin(NfMessageType.NewRule, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_APPEND);
        NfRuleMessage.Write(ref message, rule);
        Take(ref message, "add rule");
    }

    /// <summary>Adds a rule before all others of its chain, or before its <see cref="NfRule.Position"/>.</summary>
    /// <param name="rule">The rule.</param>
    public void Insert(NfRule rule)
    {
        NetlinkWriter message = Begin(NfMessageType.NewRule, NLM_F.NLM_F_CREATE);
        NfRuleMessage.Write(ref message, rule);
        Take(ref message, "insert rule");
    }

    /// <summary>Adds an element to a set or a map.</summary>
    /// <param name="set">The set; its family, table and name are looked at.</param>
    /// <param name="element">The element.</param>
    /// <param name="add">How to take it that it is there.</param>
    public void Add(NfSet set, NfElement element, NfAdd add = NfAdd.Create) => Add(set, [element], add);

    /// <summary>Adds elements to a set or a map as one item.</summary>
    /// <param name="set">The set; its family, table and name are looked at.</param>
    /// <param name="elements">The elements, of 64 KiB at most.</param>
    /// <param name="add">How to take it that they are there.</param>
    public void Add(NfSet set, IEnumerable<NfElement> elements, NfAdd add = NfAdd.Create)
    {
        NetlinkWriter message = Begin(NfMessageType.NewElement, FlagsOf(add));
        NfElementMessage.Write(ref message, set, elements);
        Take(ref message, "add element");
    }

    private static NLM_F FlagsOf(NfAdd add) =>
        add == NfAdd.Create ? NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL : NLM_F.NLM_F_CREATE;
}
