using EgressNet.Netlink.Inet;

namespace EgressNet.Netlink.Addresses;

/// <summary>Where the network part of an address comes from (RFC 4293, ipAddressPrefixOrigin).</summary>
public enum PrefixOrigin
{
    /// <summary>Another way.</summary>
    Other,

    /// <summary>Somebody set it.</summary>
    Manual,

    /// <summary>A standard: loopback or IPv6 link-local.</summary>
    WellKnown,

    /// <summary>A DHCP server.</summary>
    Dhcp,

    /// <summary>A router advertisement (RFC 4861).</summary>
    RouterAdvertisement,
}

/// <summary>Where the host part of an address comes from (RFC 4293, ipAddressOrigin).</summary>
public enum SuffixOrigin
{
    /// <summary>Another way.</summary>
    Other,

    /// <summary>Somebody set it.</summary>
    Manual,

    /// <summary>A standard: loopback.</summary>
    WellKnown,

    /// <summary>A DHCP server.</summary>
    Dhcp,

    /// <summary>The link-layer address (RFC 4291, appendix A).</summary>
    Link,

    /// <summary>Chance: a privacy address (RFC 8981) or a stable opaque one (RFC 7217).</summary>
    Random,
}

/// <summary>Judges where an address comes from. The kernel tells by IFA_PROTO, since Linux 5.18, which addresses it made;
/// what user programs set is judged by flags and lifetimes.</summary>
internal static class AddressOrigin
{
    // linux/if_addr.h: IFAPROT_KERNEL_LO, IFAPROT_KERNEL_RA, IFAPROT_KERNEL_LL.
    private const byte KernelLoopback = 1;
    private const byte KernelRouterAdvertisement = 2;
    private const byte KernelLinkLocal = 3;
    private static readonly InetAddress s_loopback = InetAddress.Parse("127.0.0.1");

    public static PrefixOrigin PrefixOf(InterfaceAddress address) => address switch
    {
        _ when IsLoopback(address) || IsOwnLinkLocal(address) => PrefixOrigin.WellKnown,
        { Protocol: KernelRouterAdvertisement } => PrefixOrigin.RouterAdvertisement,
        { Protocol: > InterfaceAddress.LastProtocolOfKernel } => PrefixOrigin.Other,
        { Family: AddressFamily.IPv6 } when address.Flags.HasFlag(AddressFlags.Secondary) => PrefixOrigin.RouterAdvertisement,
        { ValidSeconds: InterfaceAddress.Forever } => PrefixOrigin.Manual,
        { Family: AddressFamily.IPv6, Local.Length: < 128 } => PrefixOrigin.RouterAdvertisement,
        _ => PrefixOrigin.Dhcp,
    };

    public static SuffixOrigin SuffixOf(InterfaceAddress address) => PrefixOf(address) switch
    {
        _ when IsLoopback(address) => SuffixOrigin.WellKnown,
        PrefixOrigin.Manual => SuffixOrigin.Manual,
        PrefixOrigin.Dhcp => SuffixOrigin.Dhcp,
        PrefixOrigin.Other => SuffixOrigin.Other,
        _ when (address.Flags & (AddressFlags.StablePrivacy | AddressFlags.Secondary)) != 0 => SuffixOrigin.Random,
        _ when address.Local.Address.IsOfLinkLayer => SuffixOrigin.Link,
        _ => SuffixOrigin.Other,
    };

    private static bool IsLoopback(InterfaceAddress address) =>
        address.Protocol == KernelLoopback || address.Local.Address == s_loopback
        || address is { Family: AddressFamily.IPv6, Local.Address.IsLoopback: true };

    // Before Linux 5.18, and of network managers, it is known by its form.
    private static bool IsOwnLinkLocal(InterfaceAddress address) =>
        address is { Family: AddressFamily.IPv6, Local.Address.IsLinkLocal: true }
        && (address.Protocol == KernelLinkLocal || address.Flags.HasFlag(AddressFlags.StablePrivacy)
            || address.Local.Address.IsOfLinkLayer);
}
