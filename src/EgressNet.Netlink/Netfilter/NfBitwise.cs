using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_BITWISE;

namespace EgressNet.Netlink.Netfilter;

/// <summary>Masks bits, and flips those of <paramref name="Xor"/> then; both have as many bytes.</summary>
internal sealed record NfBitwise(
    NfValue Mask, NfValue Xor, NfRegister From = NfRegister.R1, NfRegister To = NfRegister.R1) : NfExpression
{
    protected override string Kind => "bitwise";

    public static NfBitwise? Read(ref NfAttributes data) =>
        data.Has(NFTA_BITWISE_LEN) && (data.U32(NFTA_BITWISE_OP) ?? 0) == (uint)NFT_BITWISE.NFT_BITWISE_MASK_XOR
        && data.U32(NFTA_BITWISE_SREG) is { } from && data.U32(NFTA_BITWISE_DREG) is { } to
            ? new NfBitwise(
                data.Value(NFTA_BITWISE_MASK), data.Value(NFTA_BITWISE_XOR), (NfRegister)from, (NfRegister)to)
            : null;

    protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.BigEndian(NFTA_BITWISE_SREG, (uint)From);
        writer.BigEndian(NFTA_BITWISE_DREG, (uint)To);
        writer.BigEndian(NFTA_BITWISE_LEN, (uint)Mask.Length);
        writer.Value(NFTA_BITWISE_MASK, Mask);
        writer.Value(NFTA_BITWISE_XOR, Xor);
    }
}
