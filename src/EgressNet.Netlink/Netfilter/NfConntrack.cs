using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_CT;

namespace EgressNet.Netlink.Netfilter;

/// <summary>Something about the tracked connection of a packet: a number in host order.</summary>
internal enum NfConntrackKey : uint
{
    /// <summary>Whether the packet is of a new, a known, a related connection or of none.</summary>
    State = NFT_CT.NFT_CT_STATE,

    /// <summary>What became of the connection, as <see cref="ConntrackStatus"/> has it.</summary>
    Status = NFT_CT.NFT_CT_STATUS,
}

/// <summary>What became of a tracked connection.</summary>
[Flags]
internal enum ConntrackStatus : uint
{
    SourceNat = IPS.IPS_SRC_NAT,
    DestinationNat = IPS.IPS_DST_NAT,
}

/// <summary>Loads something about the tracked connection of a packet; ends the rule for a packet that has none.</summary>
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
