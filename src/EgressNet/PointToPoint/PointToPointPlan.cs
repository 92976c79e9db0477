using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;

namespace EgressNet.PointToPoint;

/// <summary>The routes that make one address of an Ethernet-like link point-to-point: everything goes to the gateway, and
/// nobody but the gateway is asked for by ARP or neighbour discovery.</summary>
/// <remarks>A veth cannot carry IFF_POINTOPOINT. The connected route of the address's prefix therefore goes, the
/// gateway gets a link route of its own, and the prefix is routed via the gateway.</remarks>
internal sealed record PointToPointPlan
{
    /// <summary>The address with its prefix length.</summary>
    public required InetPrefix Address { get; init; }

    /// <summary>The interface.</summary>
    public required int InterfaceIndex { get; init; }

    /// <summary>The gateway, of the address's family and not the address itself.</summary>
    public required InetAddress Gateway { get; init; }

    /// <summary>Whether the default route goes via the gateway too.</summary>
    public bool DefaultRoute { get; init; }

    /// <summary>The metric of the routes; 0 for the family's own: 0 or, for IPv6, 1024.</summary>
    public uint Metric { get; init; }

    /// <summary>The prefix that is routed via the gateway; null for a /32 or /128, which has nothing to route.</summary>
    public InetPrefix? Subnet => Address.IsHost ? null : Address.Network;

    /// <summary>The planned routes, in the order in which the kernel accepts them.</summary>
    public IReadOnlyList<Route> Routes
    {
        get
        {
            Route gatewayRoute = NewRoute(InetPrefix.Host(Gateway)) with
            {
                Scope = Route.ScopeFor(InetPrefix.Host(Gateway), RouteType.Unicast, hasGateway: false),
                PreferredSource = Address.Address,
            };
            List<Route> routes = [gatewayRoute];
            if (Subnet is { } subnet)
            {
                routes.Add(NewRoute(subnet) with { Gateway = Gateway, PreferredSource = Address.Address });
            }

            if (DefaultRoute)
            {
                routes.Add(NewRoute(InetPrefix.Default(Address.Family)) with { Gateway = Gateway });
            }

            return routes;
        }
    }

    /// <summary>Validates a gateway for an address.</summary>
    /// <param name="address">The address with its prefix length.</param>
    /// <returns>A sentence, or null for a good one.</returns>
    public static string? Validate(InetPrefix address, InetAddress gateway) => gateway switch
    {
        { IsNone: true } => "There is no gateway.",
        _ when gateway.Family != address.Family => $"It is not of the family of {address.Address}.",
        _ when gateway == address.Address => "It is the address itself.",
        { IsUnspecified: true } or { IsMulticast: true } or { IsLoopback: true } => "It is not a unicast address of a host.",
        _ => null,
    };

    /// <summary>Whether a route is the connected route that the plan deletes.</summary>
    /// <param name="route">A route of the main table.</param>
    /// <returns>True for a route straight onto the link for the address's prefix.</returns>
    public bool Displaces(Route route) =>
        route.Destination == Subnet
        && route.InterfaceIndex == InterfaceIndex
        && route.Table == RouteTable.Main
        && route is { Type: RouteType.Unicast, Gateway.IsNone: true, NextHops: null, NextHopId: 0 };

    /// <summary>Whether a route that is there serves as one of the plan's, whoever put it there. Addresses that share a
    /// gateway share its route, whatever source that prefers, but it must prefer one.</summary>
    /// <param name="present">A route that is there.</param>
    /// <param name="planned">One of <see cref="Routes"/>.</param>
    /// <returns>True when they lead the same way.</returns>
    public static bool Serves(Route present, Route planned) =>
        present.Destination == planned.Destination
        && present.Gateway == planned.Gateway
        && present.InterfaceIndex == planned.InterfaceIndex
        && present.Scope == planned.Scope
        && present.Type == planned.Type
        && present.Table == planned.Table
        && present.TypeOfService == planned.TypeOfService
        && present.Source == planned.Source
        && present.NextHops is null
        && (planned.PreferredSource.IsNone || !present.PreferredSource.IsNone)
        && (planned.Metrics is null || planned.Metrics.Equals(present.Metrics))
        && present.Metric == planned.EffectiveMetric;

    private Route NewRoute(InetPrefix destination) =>
        new() { Destination = destination, InterfaceIndex = InterfaceIndex, Metric = Metric };
}
