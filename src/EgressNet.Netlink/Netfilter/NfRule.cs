using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_RULE;

namespace EgressNet.Netlink.Netfilter;

/// <summary>A rule: expressions that the kernel evaluates until one does not match.</summary>
internal sealed class NfRule
{
    public NfFamily Family { get; init; } = NfFamily.Inet;

    public required string Table { get; init; }

    public required string Chain { get; init; }

    public IReadOnlyList<NfExpression> Expressions { get; init; } = [];

    public static bool TryRead(in NetlinkMessage message, out NfRule rule)
    {
        NfAttributes attributes = new(message.Attributes<nfgenmsg>());
        List<NfExpression> expressions = [];
        foreach (NetlinkAttribute element in attributes.Nest(NFTA_RULE_EXPRESSIONS))
        {
            expressions.Add(NfExpression.Read(element));
        }

        rule = new NfRule
        {
            Family = (NfFamily)message.Header<nfgenmsg>().nfgen_family,
            Table = attributes.Text(NFTA_RULE_TABLE) ?? "",
            Chain = attributes.Text(NFTA_RULE_CHAIN) ?? "",
            Expressions = expressions,
        };
        return message.Type == (ushort)NfMessageType.NewRule;
    }

    public void Write(ref NetlinkWriter writer)
    {
        WriteChain(ref writer, Family, Table, Chain);
        int list = writer.BeginNest(NFTA_RULE_EXPRESSIONS);
        foreach (NfExpression expression in Expressions)
        {
            expression.Write(ref writer);
        }

        writer.EndNest(list);
    }

    public static void WriteChain(ref NetlinkWriter writer, NfFamily family, string table, string? chain = null)
    {
        writer.NfHeader(family);
        writer.Text(NFTA_RULE_TABLE, table);
        if (chain is not null)
        {
            writer.Text(NFTA_RULE_CHAIN, chain);
        }
    }
}
