using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Netfilter;

/// <summary>What became of a tracked connection.</summary>
[Flags]
public enum ConntrackStatus : uint
{
    /// <summary>Its source was translated.</summary>
    SourceNat = IPS.IPS_SRC_NAT,

    /// <summary>Its destination was translated.</summary>
    DestinationNat = IPS.IPS_DST_NAT,
}
