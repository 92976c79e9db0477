using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_PAYLOAD;

namespace EgressNet.Netlink.Netfilter;

/// <summary>The header from which an offset into a packet counts.</summary>
internal enum NfPayloadBase : uint
{
    Network = NFT_PAYLOAD.NFT_PAYLOAD_NETWORK_HEADER,
    Transport = NFT_PAYLOAD.NFT_PAYLOAD_TRANSPORT_HEADER,
}

/// <summary>Loads bytes of a packet.</summary>
internal sealed record NfPayload(
    NfPayloadBase Base, uint Offset, uint Length, NfRegister To = NfRegister.R1) : NfExpression
{
    protected override string Kind => "payload";

    public static NfPayload? Read(ref NfAttributes data) =>
        data.U32(NFTA_PAYLOAD_DREG) is { } to && data.U32(NFTA_PAYLOAD_BASE) is { } start
        && data.U32(NFTA_PAYLOAD_OFFSET) is { } offset && data.U32(NFTA_PAYLOAD_LEN) is { } length
            ? new NfPayload((NfPayloadBase)start, offset, length, (NfRegister)to)
            : null;

    protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.BigEndian(NFTA_PAYLOAD_DREG, (uint)To);
        writer.BigEndian(NFTA_PAYLOAD_BASE, (uint)Base);
        writer.BigEndian(NFTA_PAYLOAD_OFFSET, Offset);
        writer.BigEndian(NFTA_PAYLOAD_LEN, Length);
    }
}
