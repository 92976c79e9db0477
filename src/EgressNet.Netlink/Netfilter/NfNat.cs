using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_NAT;

namespace EgressNet.Netlink.Netfilter;

/// <summary>How the port is chosen when a connection's source is translated.</summary>
[Flags]
internal enum NfNatFlags : uint
{
    /// <summary>The port is kept where it is free.</summary>
    None = 0,

    /// <summary>A port by a hash over the connection; <c>random</c> to nft.</summary>
    Random = NF_NAT_RANGE.NF_NAT_RANGE_PROTO_RANDOM,

    /// <summary>A port by chance; <c>fully-random</c> to nft.</summary>
    FullyRandom = NF_NAT_RANGE.NF_NAT_RANGE_PROTO_RANDOM_FULLY,

    /// <summary>Flags that follow from the registers: the kernel sets these bits itself.</summary>
    Implied = NF_NAT_RANGE.NF_NAT_RANGE_MAP_IPS | NF_NAT_RANGE.NF_NAT_RANGE_PROTO_SPECIFIED,
}

/// <summary>Translates the source to one address.</summary>
internal sealed record NfNat(
    NfFamily Family, NfNatFlags Flags = 0, NfRegister AddressFrom = NfRegister.R1) : NfExpression
{
    protected override string Kind => "nat";

    public static NfNat? Read(ref NfAttributes data) =>
        data.U32(NFTA_NAT_TYPE) == (uint)NFT_NAT.NFT_NAT_SNAT && data.U32(NFTA_NAT_FAMILY) is { } family
        && data.U32(NFTA_NAT_REG_ADDR_MIN) is { } from && (data.U32(NFTA_NAT_REG_ADDR_MAX) ?? from) == from
            ? new NfNat(
                (NfFamily)family,
                (NfNatFlags)(data.U32(NFTA_NAT_FLAGS) ?? 0) & ~NfNatFlags.Implied,
                (NfRegister)from)
            : null;

    protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.BigEndian(NFTA_NAT_TYPE, (uint)NFT_NAT.NFT_NAT_SNAT);
        writer.BigEndian(NFTA_NAT_FAMILY, (uint)Family);
        writer.BigEndian(NFTA_NAT_REG_ADDR_MIN, (uint)AddressFrom);
        writer.UnlessZero(NFTA_NAT_FLAGS, (uint)Flags);
    }
}

/// <summary>The masq expression: translates the source to the address of the outgoing interface.</summary>
internal sealed record NfMasquerade(NfNatFlags Flags = 0) : NfExpression
{
    protected override string Kind => "masq";

    public static NfMasquerade Read(ref NfAttributes data) =>
        new((NfNatFlags)(data.U32(NFTA_MASQ.NFTA_MASQ_FLAGS) ?? 0) & ~NfNatFlags.Implied);

    protected override void WriteData(ref NetlinkWriter writer) =>
        writer.UnlessZero(NFTA_MASQ.NFTA_MASQ_FLAGS, (uint)Flags);
}
