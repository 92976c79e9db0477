using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Neighbors;

/// <summary>One entry of ARP or of IPv6 neighbor discovery, as read and as written.</summary>
public sealed record Neighbor
{
    /// <summary>Its address.</summary>
    public required InetAddress Address { get; init; }

    /// <summary>The interface that it is behind; 0 for a proxy entry of all interfaces.</summary>
    public required int InterfaceIndex { get; init; }

    /// <summary>Its link-layer address; none where it is not known.</summary>
    public LinkLayerAddress LinkLayerAddress { get; init; }

    /// <summary>What is known of it.</summary>
    public NeighborState State { get; init; }

    /// <summary>Flags; of those read, the kernel takes back Proxy, ExternallyLearned, Router and Managed.</summary>
    public NeighborFlags Flags { get; init; }

    /// <summary>Who set it (NDA_PROTOCOL, Linux 5.0); Unspecified for nobody in particular.</summary>
    public RouteProtocol Protocol { get; init; }

    /// <summary>Attributes that no property models.</summary>
    public RawAttributes? Unknown { get; init; }

    /// <summary>The family of the address.</summary>
    public AddressFamily Family => Address.Family;

    /// <summary>Whether the interface answers for the address in another's place.</summary>
    public bool IsProxy => Flags.HasFlag(NeighborFlags.Proxy);

    /// <summary>Whether the kernel made it because of traffic, and would do so again.</summary>
    public bool IsDynamic =>
        !IsProxy && !Flags.HasFlag(NeighborFlags.ExternallyLearned)
        && State is not (NeighborState.Permanent or NeighborState.NoArp);

    /// <summary>Whether a state goes with a link-layer address. The kernel drops the address in any other.</summary>
    /// <param name="state">The state.</param>
    /// <returns>True for all but None, Incomplete and Unreachable.</returns>
    public static bool HasAddressIn(NeighborState state) =>
        state is not (NeighborState.None or NeighborState.Incomplete or NeighborState.Unreachable);

    /// <summary>The neighbor in the words of <c>ip neighbour</c>, interface by index.</summary>
    /// <returns>Such as <c>192.0.2.1 dev 2 lladdr 02:00:5e:10:00:01 permanent</c>.</returns>
    public override string ToString() => ToString(null);

    /// <summary>The neighbor in the words of <c>ip neighbour</c>.</summary>
    /// <param name="interfaceName">The interface's name; null or empty for its index.</param>
    /// <returns>Such as <c>192.0.2.1 dev eth0 lladdr 02:00:5e:10:00:01 permanent</c>.</returns>
    public string ToString(string? interfaceName)
    {
        string text = IsProxy ? $"proxy {Address}" : $"{Address}";
        string where = string.IsNullOrEmpty(interfaceName) && InterfaceIndex != 0 ? $"{InterfaceIndex}" : interfaceName ?? "";
        text += where.Length == 0 ? "" : $" dev {where}";
        text += LinkLayerAddress.IsNone ? "" : $" lladdr {LinkLayerAddress}";
        return IsProxy ? text : $"{text} {State.ToString().ToLowerInvariant()}";
    }
}
