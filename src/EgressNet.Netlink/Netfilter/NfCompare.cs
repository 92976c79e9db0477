using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_CMP;

namespace EgressNet.Netlink.Netfilter;

/// <summary>How two values are compared, as big-endian numbers.</summary>
internal enum NfComparison : uint
{
    Equal = NFT_CMP.NFT_CMP_EQ,
    NotEqual = NFT_CMP.NFT_CMP_NEQ,
    Less = NFT_CMP.NFT_CMP_LT,
    LessOrEqual = NFT_CMP.NFT_CMP_LTE,
    Greater = NFT_CMP.NFT_CMP_GT,
    GreaterOrEqual = NFT_CMP.NFT_CMP_GTE,
}

/// <summary>Ends the rule unless a comparison holds.</summary>
internal sealed record NfCompare(
    NfComparison Comparison, NfValue With, NfRegister From = NfRegister.R1) : NfExpression
{
    protected override string Kind => "cmp";

    public static NfCompare? Read(ref NfAttributes data) =>
        data.U32(NFTA_CMP_OP) is { } comparison && data.U32(NFTA_CMP_SREG) is { } from
            ? new NfCompare((NfComparison)comparison, data.Value(NFTA_CMP_DATA), (NfRegister)from)
            : null;

    protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.BigEndian(NFTA_CMP_SREG, (uint)From);
        writer.BigEndian(NFTA_CMP_OP, (uint)Comparison);
        writer.Value(NFTA_CMP_DATA, With);
    }
}
