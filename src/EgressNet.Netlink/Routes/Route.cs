using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Routes;

/// <summary>One IPv4 or IPv6 route, as read and as written.</summary>
public sealed record Route
{
    // Boxed, since next to no route has one and it is a fifth of the record in place.
    private readonly object? _source;

    /// <summary>The network it leads to; <c>0.0.0.0/0</c> or <c>::/0</c> for a default route. Without host bits.</summary>
    public required InetPrefix Destination { get; init; }

    /// <summary>The next hop; none for an on-link route. An IPv6 gateway of an IPv4 route needs Linux 5.2.</summary>
    public InetAddress Gateway { get; init; }

    /// <summary>The source address that this host prefers over this route; must be one of its own.</summary>
    public InetAddress PreferredSource { get; init; }

    /// <summary>The outgoing interface; 0 for none, or to let the kernel find it by the gateway.</summary>
    public int InterfaceIndex { get; init; }

    /// <summary>The metric that IPv6 uses instead of 0 (IP6_RT_PRIO_USER).</summary>
    public const uint DefaultIPv6Metric = 1024;

    /// <summary>The priority; the lowest wins. IPv6 uses <see cref="DefaultIPv6Metric"/> instead of 0.</summary>
    public uint Metric { get; init; }

    /// <summary>The routing table, 1 to 4294967295. Default <see cref="RouteTable.Main"/>.</summary>
    public uint Table { get; init; } = RouteTable.Main;

    /// <summary>The nexthop object used instead of gateway and interface; 0 for none.</summary>
    public uint NextHopId { get; init; }

    /// <summary>State; only <see cref="RouteFlags.OnLink"/> can be set.</summary>
    public RouteFlags Flags { get; init; }

    /// <summary>The type. Default <see cref="RouteType.Unicast"/>.</summary>
    public RouteType Type { get; init; } = RouteType.Unicast;

    /// <summary>How far the destination is. See <see cref="ScopeFor"/>.</summary>
    public RouteScope Scope { get; init; }

    /// <summary>Who installed it. Default <see cref="RouteProtocol.Boot"/>, as <c>ip route</c>.</summary>
    public RouteProtocol Protocol { get; init; } = RouteProtocol.Boot;

    /// <summary>The type of service or DSCP it is for, 0 for any. IPv4 only.</summary>
    public byte TypeOfService { get; init; }

    /// <summary>Router preference of IPv6 (RFC 4191): 0 medium, 1 high, 3 low.</summary>
    public byte Preference { get; init; }

    /// <summary>Seconds until the kernel removes it, 0 for never. IPv6 only.</summary>
    public uint ExpiresAfterSeconds { get; init; }

    /// <summary>The network of sources it is for, IPv6 subtrees only; null for any.</summary>
    public InetPrefix? Source { get => (InetPrefix?)_source; init => _source = value; }

    /// <summary>Metrics for connections over it; null where it sets none.</summary>
    public RouteMetrics? Metrics { get; init; }

    /// <summary>The hops of a multipath route; null for a single one.</summary>
    public IReadOnlyList<NextHop>? NextHops { get; init; }

    /// <summary>Attributes that no property models.</summary>
    public RawAttributes? Unknown { get; init; }

    /// <summary>The family of the destination.</summary>
    public AddressFamily Family => Destination.Family;

    /// <summary>The metric that the kernel gives it: its own, or that of the family (IP6_RT_PRIO_USER).</summary>
    public uint EffectiveMetric => Metric == 0 && Family == AddressFamily.IPv6 ? DefaultIPv6Metric : Metric;

    /// <summary>The scope that <c>ip route</c> gives a route that names none.</summary>
    /// <param name="hasGateway">Whether it has a gateway, hops or a nexthop object.</param>
    /// <returns>Host for local, Link for an on-link unicast, else Global; always Global for IPv6.</returns>
    public static RouteScope ScopeFor(InetPrefix destination, RouteType type, bool hasGateway) => type switch
    {
        _ when destination.Family == AddressFamily.IPv6 => RouteScope.Global,
        RouteType.Local or RouteType.Nat => RouteScope.Host,
        RouteType.Broadcast or RouteType.Multicast or RouteType.Anycast => RouteScope.Link,
        RouteType.Unicast when !hasGateway => RouteScope.Link,
        _ => RouteScope.Global,
    };

    /// <summary>Whether two routes have the same key: the properties by which the kernel distinguishes routes.</summary>
    /// <returns>True for the same table, destination, metric and type of service.</returns>
    public bool SharesKeyWith(Route other) =>
        Destination == other.Destination && Table == other.Table && EffectiveMetric == other.EffectiveMetric
        && TypeOfService == other.TypeOfService && Source == other.Source;

    /// <inheritdoc/>
    public bool Equals(Route? other) =>
        other is not null
        && Destination == other.Destination && Gateway == other.Gateway && PreferredSource == other.PreferredSource
        && (InterfaceIndex, Metric, Table, NextHopId) == (other.InterfaceIndex, other.Metric, other.Table, other.NextHopId)
        && (Flags, Type, Scope, Protocol) == (other.Flags, other.Type, other.Scope, other.Protocol)
        && (TypeOfService, Preference, Source) == (other.TypeOfService, other.Preference, other.Source)
        && ExpiresAfterSeconds == other.ExpiresAfterSeconds
        && Equals(Metrics, other.Metrics) && Equals(Unknown, other.Unknown)
        && (NextHops ?? []).SequenceEqual(other.NextHops ?? []);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Destination, Gateway, InterfaceIndex, Metric, Table, Type);

    /// <summary>The route in the words of <c>ip route</c>, interface by index.</summary>
    /// <returns>Such as <c>10.0.0.0/8 via 192.0.2.1 dev 2</c>.</returns>
    public override string ToString() => ToString(null);

    /// <summary>The route in the syntax of <c>ip route</c>.</summary>
    /// <param name="interfaceName">The interface's name; null or empty for its index.</param>
    /// <returns>Such as <c>10.0.0.0/8 via 192.0.2.1 dev eth0</c>.</returns>
    public string ToString(string? interfaceName)
    {
        string text = Type == RouteType.Unicast ? $"{Destination}" : $"{Type.ToString().ToLowerInvariant()} {Destination}";
        text += Gateway.IsNone ? "" : $" via {Gateway}";
        text += InterfaceIndex == 0 ? "" : $" dev {(string.IsNullOrEmpty(interfaceName) ? $"{InterfaceIndex}" : interfaceName)}";
        text += Table == RouteTable.Main ? "" : $" table {Table}";
        text += Metric == 0 ? "" : $" metric {Metric}";
        return Metrics is null ? text : $"{text} {Metrics}";
    }
}
