using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using RouteTypes = EgressNet.Netlink.Routes.RouteType;

namespace EgressNet;

/// <summary>A route as cmdlets emit and take it.</summary>
public sealed class NetRoute : Comparable<NetRoute>
{
    internal NetRoute(
        Route route, string interfaceAlias, NamespaceOrigin origin, IReadOnlyList<string>? hopAliases = null)
    {
        Route = route;
        HopAliases = hopAliases;
        InterfaceAlias = hopAliases is [string first, ..] ? first : interfaceAlias;
        Origin = origin;
    }

    /// <summary>The network it leads to, always with a length.</summary>
    public string DestinationPrefix => Route.Destination.ToString();

    /// <summary>The gateway, of several next hops that of the first; the unspecified address for an on-link
    /// route.</summary>
    public string NextHop => NextHopOf(Route);

    /// <summary>The outgoing interface's index, of several next hops that of the first; 0 for none.</summary>
    public int InterfaceIndex => Route.NextHops is [NextHop first, ..] ? first.InterfaceIndex : Route.InterfaceIndex;

    /// <summary>The outgoing interface's name, likewise; empty for none.</summary>
    public string InterfaceAlias { get; }

    /// <summary>The priority; the lowest wins.</summary>
    public uint RouteMetric => Route.Metric;

    /// <summary>Always 0: an interface of Linux adds nothing to the metric of its routes.</summary>
    public uint InterfaceMetric => 0;

    /// <summary>The family.</summary>
    public string AddressFamily => Route.Family.ToString();

    /// <summary>The routing protocol that installed it.</summary>
    public string Protocol => Route.Protocol.ToString();

    /// <summary>The source address preferred over it; null for none.</summary>
    public string? PreferredSource => TextOf(Route.PreferredSource);

    /// <summary>How far the destination is.</summary>
    public string Scope => Route.Scope.ToString();

    /// <summary>The routing table.</summary>
    public uint RouteTable => Route.Table;

    /// <summary>The route type.</summary>
    public string RouteType => Route.Type.ToString();

    /// <summary>Remote with a gateway, Connected without, Unreachable for what is not forwarded.</summary>
    public string TypeOfNextHop => Route switch
    {
        { Type: RouteTypes.Blackhole or RouteTypes.Unreachable or RouteTypes.Prohibit or RouteTypes.Throw } => "Unreachable",
        { NextHops: [NextHop first, ..] } => first.Gateway.IsNone ? "Connected" : "Remote",
        _ => Route.Gateway.IsNone ? "Connected" : "Remote",
    };

    /// <summary>Always No: the kernel announces no route.</summary>
    public string Publish => "No";

    /// <summary>Always ActiveStore: what the running kernel has.</summary>
    public string PolicyStore => nameof(EgressNet.PolicyStore.ActiveStore);

    /// <summary>The path MTU it sets in bytes; null for none.</summary>
    public uint? Mtu => Route.Metrics?[Netlink.Routes.RouteMetric.Mtu];

    /// <summary>State flags.</summary>
    public string Flags => Route.Flags.ToString();

    /// <summary>All hops of a multipath route; empty for a single one.</summary>
    public TextList<NetRouteHop> NextHops => new((Route.NextHops ?? []).Select(
        (hop, at) => new NetRouteHop(hop, HopAliases?[at] ?? "", NetNamespace)));

    /// <summary>Attributes without a property of their own, such as <c>TypeOfService 16</c>; null for none.</summary>
    public string? Other => string.Join(", ", Others) is { Length: > 0 } text ? text : null;

    /// <summary>The namespace it is in, by name or path; null for the caller's own.</summary>
    public string? NetNamespace => Origin.Text;

    internal NamespaceOrigin Origin { get; }

    internal Route Route { get; }

    /// <summary>The names of the hops' interfaces; null where they are not known.</summary>
    internal IReadOnlyList<string>? HopAliases { get; }

    private protected override IEnumerable<object?> Compared =>
    [
        NetNamespace, RouteType, InterfaceIndex, NextHop, Protocol, Scope, PreferredSource, Mtu, Flags, NextHops,
        Other, Convert.ToHexString(Route.Unknown is null ? [] : Route.Unknown.Bytes),
    ];

    private IEnumerable<string> Others =>
        (Route.Metrics?.Values ?? []).Where(metric => metric.Key != Netlink.Routes.RouteMetric.Mtu)
        .Select(metric => $"{metric.Key} {metric.Value}")
        .Concat(new (string Name, object? Value)[]
        {
            ("CongestionControl", Route.Metrics?.CongestionControl),
            ("TypeOfService", Route.TypeOfService),
            ("Preference", Route.Preference),
            ("NextHopId", Route.NextHopId),
            ("Source", Route.Source),
            ("Expires", Route.ExpiresAfterSeconds > 0 ? "later" : null),
            ("Unknown", Route.Unknown is null ? null : "attributes"),
        }
        .Where(each => each.Value is not (null or (byte)0 or 0u))
        .Select(each => $"{each.Name} {each.Value}"));

    /// <summary>The destination prefix.</summary>
    /// <returns>Such as <c>10.0.0.0/8</c>.</returns>
    public override string ToString() => DestinationPrefix;

    private protected override int CompareKey(NetRoute other) =>
        (Route.Destination, RouteMetric, RouteTable)
            .CompareTo((other.Route.Destination, other.RouteMetric, other.RouteTable));

    internal static string NextHopOf(Route route) => NextHopOf(
        route, route.NextHops is [NextHop first, ..] ? first.Gateway : route.Gateway);

    internal static string NextHopOf(Route route, InetAddress gateway) =>
        (gateway.IsNone ? InetAddress.Unspecified(route.Family) : gateway).ToString();

    internal static string? TextOf(InetAddress address) => address.IsNone ? null : address.ToString();
}
