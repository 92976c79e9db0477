using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;

namespace EgressNet;

/// <summary>A route as cmdlets emit and take it.</summary>
public sealed class NetRoute : IComparable<NetRoute>, IComparable
{
    internal NetRoute(Route route, string interfaceAlias, string? netNamespace)
    {
        Route = route;
        InterfaceAlias = interfaceAlias;
        NetNamespace = netNamespace;
    }

    /// <summary>The network it leads to, always with a length.</summary>
    public string DestinationPrefix => Route.Destination.ToString();

    /// <summary>The gateway; the unspecified address for an on-link route.</summary>
    public string NextHop =>
        (Route.Gateway.IsNone ? InetAddress.Unspecified(Route.Family) : Route.Gateway).ToString();

    /// <summary>The outgoing interface's index, 0 for none.</summary>
    public int InterfaceIndex => Route.InterfaceIndex;

    /// <summary>The outgoing interface's name, empty for none.</summary>
    public string InterfaceAlias { get; }

    /// <summary>Priority: the lower wins.</summary>
    public uint RouteMetric => Route.Metric;

    /// <summary>The family.</summary>
    public AddressFamily AddressFamily => Route.Family;

    /// <summary>Who installed it.</summary>
    public RouteProtocol Protocol => Route.Protocol;

    /// <summary>The source address preferred over it; null for none.</summary>
    public string? PreferredSource => Route.PreferredSource.IsNone ? null : Route.PreferredSource.ToString();

    /// <summary>How far the destination is.</summary>
    public RouteScope Scope => Route.Scope;

    /// <summary>The routing table.</summary>
    public uint RouteTable => Route.Table;

    /// <summary>What it does.</summary>
    public RouteType RouteType => Route.Type;

    /// <summary>The path MTU it sets in bytes; null for none.</summary>
    public uint? Mtu => Route.Metrics?[Netlink.Routes.RouteMetric.Mtu];

    /// <summary>State flags.</summary>
    public RouteFlags Flags => Route.Flags;

    /// <summary>The hops of a multipath route; empty for a single one.</summary>
    public NextHop[] NextHops => Route.NextHops is null ? [] : [.. Route.NextHops];

    /// <summary>The namespace it is in, by name or path; null for the caller's own.</summary>
    public string? NetNamespace { get; }

    internal Route Route { get; }

    /// <inheritdoc/>
    public int CompareTo(NetRoute? other) => other is null
        ? 1
        : (Route.Destination, Route.Metric).CompareTo((other.Route.Destination, other.Route.Metric));

    int IComparable.CompareTo(object? obj) => CompareTo(obj as NetRoute);

    /// <summary>The destination prefix.</summary>
    /// <returns>Such as <c>10.0.0.0/8</c>.</returns>
    public override string ToString() => DestinationPrefix;
}
