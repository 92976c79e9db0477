using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_META;

namespace EgressNet.Netlink.Netfilter;

/// <summary>Metadata of a packet. Numbers are in host byte order.</summary>
internal enum NfMetaKey : uint
{
    Mark = NFT_META.NFT_META_MARK,
    InputInterface = NFT_META.NFT_META_IIF,
    OutputInterface = NFT_META.NFT_META_OIF,
    InputInterfaceName = NFT_META.NFT_META_IIFNAME,
    OutputInterfaceName = NFT_META.NFT_META_OIFNAME,

    /// <summary>Whether it is IPv4 or IPv6: one byte.</summary>
    Family = NFT_META.NFT_META_NFPROTO,

    /// <summary>TCP, UDP and so on: one byte.</summary>
    TransportProtocol = NFT_META.NFT_META_L4PROTO,
    InputInterfaceGroup = NFT_META.NFT_META_IIFGROUP,
    OutputInterfaceGroup = NFT_META.NFT_META_OIFGROUP,
}

/// <summary>The meta expression: loads metadata of a packet.</summary>
internal sealed record NfMeta(NfMetaKey Key, NfRegister To = NfRegister.R1) : NfExpression
{
    protected override string Kind => "meta";

    public static NfMeta? Read(ref NfAttributes data) =>
        data.U32(NFTA_META_KEY) is { } key && data.U32(NFTA_META_DREG) is { } to
            ? new NfMeta((NfMetaKey)key, (NfRegister)to)
            : null;

    protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.BigEndian(NFTA_META_KEY, (uint)Key);
        writer.BigEndian(NFTA_META_DREG, (uint)To);
    }
}
