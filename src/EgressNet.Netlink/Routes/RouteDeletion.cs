using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Routes;

/// <summary>Which routes a deletion fits, as Linux 5.10 to 6.18 compare them (fib_table_delete, fib_nh_match,
/// fib_metrics_match; ip6_route_del). The kernel takes the first that fits, and what a deletion leaves out is any.</summary>
internal static class RouteDeletion
{
    // No algorithm has this name.
    private const string NoCongestionControl = "-";

    /// <summary>The ways to name a route, so that ever fewer others fit.</summary>
    /// <param name="route">The route, as read.</param>
    /// <param name="others">Those from which it is to be told.</param>
    /// <returns>What to delete, the plainest first.</returns>
    public static IEnumerable<Route> Namings(Route route, IEnumerable<Route> others)
    {
        // IPv6 shows hops that differ in their protocols as one route, with the first one's.
        if (route is { Family: AddressFamily.IPv6, NextHops: not null, NextHopId: 0 })
        {
            yield return route with { Protocol = RouteProtocol.Unspecified };
        }

        yield return route;
        if (route.Family == AddressFamily.IPv4)
        {
            yield return Sharpened(route, others);
        }
    }

    /// <summary>Whether a route of the same destination and table fits a deletion.</summary>
    /// <param name="present">The route, as read.</param>
    /// <param name="named">The deletion.</param>
    /// <returns>True where the kernel would take it, unless it finds another one before.</returns>
    public static bool Fits(Route present, Route named) =>
        (named.Metric == 0 || present.Metric == named.Metric)
        && (named.Protocol == RouteProtocol.Unspecified || present.Protocol == named.Protocol)
        && (named.Family == AddressFamily.IPv6 ? FitsIPv6(present, named) : FitsIPv4(present, named));

    // A metric of value 0 is one that is not set, an unknown congestion control is none, and one hop in a list of its own
    // fits no route of several. IPv6 compares none of these.
    private static Route Sharpened(Route route, IEnumerable<Route> others)
    {
        RouteMetrics metrics = (route.Metrics ?? new()).WithCongestionControl(route.Metrics?.CongestionControl);
        bool several = false;
        foreach (Route other in others)
        {
            several |= other.NextHops is { Count: > 1 };
            foreach ((RouteMetric kind, _) in other.Metrics?.Values ?? [])
            {
                metrics.Set(kind, metrics[kind] ?? 0);
            }

            if (metrics.CongestionControl is null && other.Metrics?.CongestionControl is not null)
            {
                metrics = metrics.WithCongestionControl(NoCongestionControl);
            }
        }

        Route named = route with { Metrics = metrics };
        return several && route is { NextHops: null, NextHopId: 0, InterfaceIndex: not 0, Unknown: null }
            ? named with
            {
                InterfaceIndex = 0,
                Gateway = default,
                NextHops = [new NextHop { InterfaceIndex = route.InterfaceIndex, Gateway = route.Gateway }],
            }
            : named;
    }

    private static bool FitsIPv4(Route present, Route named) =>
        present.TypeOfService == named.TypeOfService
        && present.Type == named.Type
        && present.Scope == named.Scope
        && (named.PreferredSource.IsNone || present.PreferredSource == named.PreferredSource)
        && FitsHops(present, named)
        && FitsMetrics(present.Metrics, named.Metrics);

    private static bool FitsHops(Route present, Route named)
    {
        if (named.NextHopId != 0)
        {
            return present.NextHopId == named.NextHopId;
        }

        bool isOfHops = named.NextHops is not null;
        bool isOfOne = !isOfHops && (named.InterfaceIndex != 0 || !named.Gateway.IsNone);
        if (present.NextHopId != 0)
        {
            return !isOfHops && !isOfOne;
        }

        if (isOfOne)
        {
            return FitsHop(present, named, 0) && FitsUnknown(HopOf(present, 0).Unknown, named.Unknown, isOfHops: false);
        }

        // The rest of the named hops, and all weights, are not looked at.
        int count = present.NextHops?.Count ?? 1;
        bool fits = !isOfHops || count <= named.NextHops!.Count;
        for (int i = 0; isOfHops && fits && i < count; i++)
        {
            fits = FitsHop(present, named, i)
                && FitsUnknown(HopOf(present, i).Unknown, HopOf(named, i).Unknown, isOfHops: true);
        }

        return fits;
    }

    private static bool FitsHop(Route present, Route named, int place)
    {
        (int index, InetAddress gateway, _) = HopOf(present, place);
        (int namedIndex, InetAddress namedGateway, _) = HopOf(named, place);

        // In a list, a gateway of the other family is compared with that of a hop which has any.
        return (namedIndex == 0 || index == namedIndex)
            && (namedGateway.IsNone || gateway == namedGateway
                || (gateway.IsNone && named.NextHops is not null && namedGateway.Family != named.Family));
    }

    private static bool FitsMetrics(RouteMetrics? present, RouteMetrics? named)
    {
        if (named?.CongestionControl is { } algorithm && algorithm != (present?.CongestionControl ?? NoCongestionControl))
        {
            return false;
        }

        for (int i = 0; i < (named?.Count ?? 0); i++)
        {
            if ((present?[named!.KindAt(i)] ?? 0) != named!.ValueAt(i))
            {
                return false;
            }
        }

        return true;
    }

    private static bool FitsUnknown(RawAttributes? present, RawAttributes? named, bool isOfHops) =>
        named is null || named.All(each =>
            !((RTA)each.Type == RTA.RTA_FLOW || (!isOfHops && (RTA)each.Type is RTA.RTA_ENCAP_TYPE or RTA.RTA_ENCAP))
            || (present is not null && present.Any(
                other => other.Type == each.Type && other.Payload.Span.SequenceEqual(each.Payload.Span))));

    // Each hop is deleted by itself, and a route of a nexthop object fits any interface and gateway.
    private static bool FitsIPv6(Route present, Route named)
    {
        if (present.Source != named.Source || (named.NextHopId != 0 && named.NextHopId != present.NextHopId))
        {
            return false;
        }

        bool fits = present.NextHopId != 0;
        for (int i = 0; !fits && i < (named.NextHops?.Count ?? 1); i++)
        {
            (int namedIndex, InetAddress namedGateway, _) = HopOf(named, i);
            for (int j = 0; !fits && j < (present.NextHops?.Count ?? 1); j++)
            {
                (int index, InetAddress gateway, _) = HopOf(present, j);
                fits = (namedIndex == 0 || index == namedIndex) && (namedGateway.IsNone || gateway == namedGateway);
            }
        }

        return fits;
    }

    private static (int Index, InetAddress Gateway, RawAttributes? Unknown) HopOf(Route route, int place) =>
        route.NextHops is { Count: > 0 } hops
            ? (hops[place].InterfaceIndex, hops[place].Gateway, hops[place].Unknown)
            : (route.InterfaceIndex, route.Gateway, route.Unknown);
}
