using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_DATA;
using static EgressNet.Netlink.Interop.NFTA_VERDICT;

namespace EgressNet.Netlink.Netfilter;

/// <summary>A value or a verdict as NFTA_DATA carries it.</summary>
internal static class NfDataMessage
{
    public static void Write<TType>(ref NetlinkWriter writer, TType type, NfValue value) where TType : unmanaged, Enum
    {
        int nest = writer.BeginNest(type);
        value.CopyTo(writer.Reserve(NFTA_DATA_VALUE, value.Length));
        writer.EndNest(nest);
    }

    public static void Write<TType>(ref NetlinkWriter writer, TType type, NfVerdict verdict)
        where TType : unmanaged, Enum
    {
        int nest = writer.BeginNest(type);
        int inner = writer.BeginNest(NFTA_DATA_VERDICT);
        writer.BigEndian(NFTA_VERDICT_CODE, (uint)verdict.Kind);
        if (verdict.Chain is { } chain)
        {
            writer.Text(NFTA_VERDICT_CHAIN, chain);
        }

        writer.EndNest(inner);
        writer.EndNest(nest);
    }

    public static NfValue ReadValue(NetlinkAttribute data) => Read(data, out _);

    public static NfValue Read(NetlinkAttribute data, out NfVerdict? verdict)
    {
        NfValue value = default;
        verdict = null;
        foreach (NetlinkAttribute attribute in data.Attributes)
        {
            switch ((NFTA_DATA)attribute.Type)
            {
                case NFTA_DATA_VALUE:
                    value = NfValue.FromBytes(attribute.Payload);
                    break;
                case NFTA_DATA_VERDICT:
                    verdict = ReadVerdict(attribute);
                    break;
            }
        }

        return value;
    }

    private static NfVerdict ReadVerdict(NetlinkAttribute nest)
    {
        NfVerdictKind kind = default;
        string? chain = null;
        foreach (NetlinkAttribute attribute in nest.Attributes)
        {
            switch ((NFTA_VERDICT)attribute.Type)
            {
                case NFTA_VERDICT_CODE:
                    kind = (NfVerdictKind)attribute.U32BigEndian;
                    break;
                case NFTA_VERDICT_CHAIN:
                    chain = attribute.Text;
                    break;
            }
        }

        return new NfVerdict(kind, chain);
    }
}
