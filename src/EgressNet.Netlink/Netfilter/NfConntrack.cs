using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_CT;

namespace EgressNet.Netlink.Netfilter;

/// <summary>A property of the tracked connection of a packet: a number in host byte order.</summary>
internal enum NfConntrackKey : uint
{
    /// <summary>Whether the packet is of a new, a known, a related connection or of none.</summary>
    State = NFT_CT.NFT_CT_STATE,

    /// <summary>The status of the connection: <see cref="ConntrackStatus"/>.</summary>
    Status = NFT_CT.NFT_CT_STATUS,
}

/// <summary>The status of a tracked connection (IPS_*).</summary>
[Flags]
internal enum ConntrackStatus : uint
{
    SourceNat = IPS.IPS_SRC_NAT,
    DestinationNat = IPS.IPS_DST_NAT,
}

/// <summary>The ct expression: loads a property of a packet's tracked connection; the rule does not match a packet without
/// one.</summary>
internal sealed record NfConntrack(NfConntrackKey Key, NfRegister To = NfRegister.R1) : NfExpression
{
    protected override string Kind => "ct";

    public static NfConntrack? Read(ref NfAttributes data) =>
        data.U32(NFTA_CT_KEY) is { } key && data.U32(NFTA_CT_DREG) is { } to
            ? new NfConntrack((NfConntrackKey)key, (NfRegister)to)
            : null;

    protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.BigEndian(NFTA_CT_KEY, (uint)Key);
        writer.BigEndian(NFTA_CT_DREG, (uint)To);
    }
}
