using EgressNet.Netlink.Inet;
using EgressNet.Netlink.IPInterfaces;

namespace EgressNet.IPInterfaces;

/// <summary>One setting of an interface below /proc/sys/net.</summary>
/// <param name="Family">The family that has it.</param>
/// <param name="File">Its name there.</param>
/// <param name="Parameter">What a person calls it.</param>
/// <param name="Wanted">The value that a change gives it; null for none.</param>
/// <param name="Present">The value that it has.</param>
internal sealed record IPInterfaceSetting(
    AddressFamily Family,
    string File,
    string Parameter,
    Func<IPInterfaceChange, uint?> Wanted,
    Func<IPInterface, uint?> Present)
{
    /// <summary>All, in the order in which they are set: what is switched off loses its addresses.</summary>
    public static IReadOnlyList<IPInterfaceSetting> All { get; } =
    [
        new(AddressFamily.IPv4, "forwarding", "Forwarding", c => Number(c.Forwarding), r => Number(r.Forwarding)),
        new(AddressFamily.IPv4, "proxy_arp", "ProxyArp", c => Number(c.ProxyArp), r => Number(r.ProxyArp)),
        new(AddressFamily.IPv4, "rp_filter", "RpFilter", c => (uint?)c.RpFilter, r => (uint?)r.RpFilter),
        new(AddressFamily.IPv6, "forwarding", "Forwarding", c => Number(c.Forwarding), r => Number(r.Forwarding)),
        new(AddressFamily.IPv6, "mtu", "NlMtu", c => c.Mtu, r => r.Mtu),
        new(AddressFamily.IPv6, "accept_ra", "AcceptRa", c => (uint?)c.AcceptRa, r => (uint?)r.AcceptRa),
        new(AddressFamily.IPv6, "accept_dad", "Dad", c => (uint?)c.Dad, r => (uint?)r.Dad),
        new(AddressFamily.IPv6, "disable_ipv6", "IPv6", c => Number(c.IsDisabled), r => Number(r.IsDisabled)),
    ];

    /// <summary>Its path below /proc/sys.</summary>
    /// <param name="interfaceName">The interface's name.</param>
    public string PathOf(string interfaceName) =>
        $"net/{(Family == AddressFamily.IPv4 ? "ipv4" : "ipv6")}/conf/{interfaceName}/{File}";

    private static uint? Number(bool? value) => value is { } given ? given ? 1u : 0u : null;
}
