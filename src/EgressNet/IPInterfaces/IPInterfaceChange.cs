using EgressNet.Netlink.IPInterfaces;

namespace EgressNet.IPInterfaces;

/// <summary>What is to be set of an interface's families; null for what stays as it is.</summary>
internal sealed record IPInterfaceChange
{
    /// <summary>Whether what comes in by it is forwarded.</summary>
    public bool? Forwarding { get; init; }

    /// <summary>The longest packet in bytes. That of IPv4 is the interface's, and IPv6 gets it too.</summary>
    public uint? Mtu { get; init; }

    /// <summary>IPv4: whether it answers ARP for others.</summary>
    public bool? ProxyArp { get; init; }

    /// <summary>IPv4: whether it drops packets by their source.</summary>
    public ReversePathFilter? RpFilter { get; init; }

    /// <summary>IPv6: what it does with router advertisements.</summary>
    public RouterAdvertisements? AcceptRa { get; init; }

    /// <summary>IPv6: whether addresses are looked for before they are used.</summary>
    public DuplicateAddressDetection? Dad { get; init; }

    /// <summary>IPv6: whether it is switched off, with all of its addresses.</summary>
    public bool? IsDisabled { get; init; }
}
