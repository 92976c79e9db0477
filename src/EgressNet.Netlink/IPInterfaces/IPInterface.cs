using EgressNet.Netlink.Inet;

namespace EgressNet.Netlink.IPInterfaces;

/// <summary>What an interface does for one family, as read. Settings of the other family, and those that the kernel does not
/// have, are null.</summary>
public sealed record IPInterface
{
    /// <summary>The least MTU in bytes with which an interface has IPv6 (RFC 8200).</summary>
    public const uint MinIPv6Mtu = 1280;

    /// <summary>The interface's index.</summary>
    public required int Index { get; init; }

    /// <summary>The interface's name.</summary>
    public required string Name { get; init; }

    /// <summary>The family.</summary>
    public required AddressFamily Family { get; init; }

    /// <summary>The longest packet in bytes: for IPv4 the interface's MTU, for IPv6 at most that.</summary>
    public uint Mtu { get; init; }

    /// <summary>Whether the interface is up and has carrier.</summary>
    public bool IsConnected { get; init; }

    /// <summary>Whether what comes in by it is forwarded.</summary>
    public bool Forwarding { get; init; }

    /// <summary>IPv4: whether it answers ARP for what is reached by another interface.</summary>
    public bool? ProxyArp { get; init; }

    /// <summary>IPv4: whether it drops packets by their source; its own setting.</summary>
    public ReversePathFilter? RpFilter { get; init; }

    /// <summary>IPv6: what it does with router advertisements.</summary>
    public RouterAdvertisements? AcceptRa { get; init; }

    /// <summary>IPv6: whether addresses are looked for before they are used.</summary>
    public DuplicateAddressDetection? Dad { get; init; }

    /// <summary>IPv6: whether it is switched off.</summary>
    public bool? IsDisabled { get; init; }

    /// <summary>The interface and the family.</summary>
    /// <returns>Such as <c>eth0 IPv4</c>.</returns>
    public override string ToString() => $"{Name} {Family}";
}
