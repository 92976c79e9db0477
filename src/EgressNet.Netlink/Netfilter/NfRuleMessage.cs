using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_RULE;

namespace EgressNet.Netlink.Netfilter;

/// <summary>A rule as NFT_MSG_NEWRULE and NFT_MSG_DELRULE carry it.</summary>
internal static class NfRuleMessage
{
    public static void Write(ref NetlinkWriter writer, NfRule rule)
    {
        WriteChain(ref writer, rule.Family, rule.Table, rule.Chain);
        int list = writer.BeginNest(NFTA_RULE_EXPRESSIONS);
        foreach (NfExpression expression in rule.Expressions)
        {
            NfExpressionMessage.Write(ref writer, expression);
        }

        writer.EndNest(list);
        if (rule.Position != 0)
        {
            writer.BigEndian(NFTA_RULE_POSITION, rule.Position);
        }

        NfMessage.UserData(ref writer, NFTA_RULE_USERDATA, rule.UserData);
        NfMessage.Unknown(ref writer, rule.Unknown);
    }

    public static void WriteHandle(ref NetlinkWriter writer, NfRule rule)
    {
        WriteChain(ref writer, rule.Family, rule.Table, rule.Chain);
        writer.BigEndian(NFTA_RULE_HANDLE, rule.Handle);
    }

    public static void WriteChain(ref NetlinkWriter writer, NfFamily family, string table, string? chain)
    {
        NfMessage.Header(ref writer, family);
        writer.Text(NFTA_RULE_TABLE, table);
        if (chain is not null)
        {
            writer.Text(NFTA_RULE_CHAIN, chain);
        }
    }

    public static bool TryRead(in NetlinkMessage message, out NfRule rule)
    {
        string table = "";
        string chain = "";
        ulong handle = 0;
        ulong position = 0;
        List<NfExpression> expressions = [];
        NfUserData? userData = null;
        RawAttributesBuilder unknown = default;
        foreach (NetlinkAttribute attribute in message.Attributes<nfgenmsg>())
        {
            switch ((NFTA_RULE)attribute.Type)
            {
                case NFTA_RULE_TABLE:
                    table = attribute.Text;
                    break;
                case NFTA_RULE_CHAIN:
                    chain = attribute.Text;
                    break;
                case NFTA_RULE_HANDLE:
                    handle = attribute.U64BigEndian;
                    break;
                case NFTA_RULE_POSITION:
                    position = attribute.U64BigEndian;
                    break;
                case NFTA_RULE_EXPRESSIONS:
                    foreach (NetlinkAttribute element in attribute.Attributes)
                    {
                        expressions.Add(NfExpressionMessage.Read(element));
                    }

                    break;
                case NFTA_RULE_USERDATA:
                    userData = new NfUserData(attribute.Payload);
                    break;
                case NFTA_RULE_PAD:
                    break;
                default:
                    unknown.Add(attribute);
                    break;
            }
        }

        rule = new NfRule
        {
            Family = NfMessage.FamilyOf(in message),
            Table = table,
            Chain = chain,
            Handle = handle,
            Position = position,
            Expressions = expressions,
            UserData = userData,
            Unknown = unknown.Build(),
        };
        return message.Type == (ushort)NfMessageType.NewRule;
    }
}
