using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;

namespace EgressNet.Routes;

/// <summary>Tells whether the kernel's deletion or replacement of a route would hit that very route. To the kernel, a
/// metric of 0, no source and no gateway mean any (fib_table_delete, ip6_route_del), and it takes the first match.
/// </summary>
/// <param name="connection">A connection in the routes' namespace, which is read once for each family and table.</param>
public sealed class ExactRoutes(NetlinkConnection connection)
{
    private const int ESRCH = 3;
    private readonly Dictionary<(AddressFamily, uint), Dictionary<InetPrefix, List<Route>>> _tables = [];

    /// <summary>Makes sure that a deletion would take exactly this route, and forgets it.</summary>
    /// <param name="route">The route, as read.</param>
    /// <exception cref="NetlinkException">ESRCH: it is not there.</exception>
    /// <exception cref="RouteShadowedException">The kernel would take another one.</exception>
    public void Take(Route route) => Require(route, candidate => DeletionMatches(candidate, route)).Remove(route);

    /// <summary>Makes sure that a replacement would take exactly this route.</summary>
    /// <param name="route">The route, as read.</param>
    /// <exception cref="NetlinkException">ESRCH: it is not there.</exception>
    /// <exception cref="RouteShadowedException">The kernel would take another one.</exception>
    public void RequireReplaceable(Route route) => Require(
        route,
        candidate => candidate.Metric == route.Metric && candidate.TypeOfService == route.TypeOfService);

    private List<Route> Require(Route route, Func<Route, bool> kernelTakes)
    {
        List<Route> likes = Likes(route);
        int at = likes.FindIndex(like => Same(like, route));
        if (at < 0)
        {
            throw new NetlinkException($"find route {TextOf(route)}", ESRCH);
        }

        Route first = likes.First(kernelTakes);
        if (!Same(first, route))
        {
            throw new RouteShadowedException(
                $"The kernel would take the route {TextOf(first)} in the place of {TextOf(route)}: both have the same key.");
        }

        likes[at] = route;
        return likes;
    }

    private string TextOf(Route route) => route.ToString(connection.Links.Find(route.InterfaceIndex)?.Name);

    private List<Route> Likes(Route route)
    {
        (AddressFamily Family, uint Table) key = (route.Family, route.Table);
        if (!_tables.TryGetValue(key, out Dictionary<InetPrefix, List<Route>>? table))
        {
            table = [];
            foreach (Route present in connection.Routes.List(new RouteFilter { Family = key.Family, Table = key.Table }))
            {
                if (!table.TryGetValue(present.Destination, out List<Route>? likes))
                {
                    table.Add(present.Destination, likes = []);
                }

                likes.Add(present);
            }

            _tables.Add(key, table);
        }

        return table.GetValueOrDefault(route.Destination) ?? [];
    }

    private static bool DeletionMatches(Route candidate, Route route) =>
        (route.Metric == 0 || candidate.Metric == route.Metric)
        && candidate.TypeOfService == route.TypeOfService
        && candidate.Protocol == route.Protocol
        && (route.Family == AddressFamily.IPv6 || (candidate.Type == route.Type && candidate.Scope == route.Scope))
        && (route.PreferredSource.IsNone || route.Family == AddressFamily.IPv6
            || candidate.PreferredSource == route.PreferredSource)
        && (route.NextHopId == 0 || candidate.NextHopId == route.NextHopId)
        && PathMatches(candidate, route);

    private static bool PathMatches(Route candidate, Route route)
    {
        if (route.NextHopId != 0 || route.NextHops is not null)
        {
            return Same(candidate, route);
        }

        NextHop? hop = candidate.NextHops?.FirstOrDefault();
        int index = hop?.InterfaceIndex ?? candidate.InterfaceIndex;
        InetAddress gateway = hop?.Gateway ?? candidate.Gateway;
        return (route.InterfaceIndex == 0 || index == route.InterfaceIndex)
            && (route.Gateway.IsNone || gateway == route.Gateway);
    }

    // What the kernel changes by itself is not compared: seconds to live, and the state of the link.
    private static bool Same(Route left, Route right) => Settled(left) == Settled(right);

    private static Route Settled(Route route) => route with
    {
        ExpiresAfterSeconds = 0,
        Flags = route.Flags & RouteFlags.OnLink,
        NextHops = route.NextHops?.Select(hop => hop with { Flags = hop.Flags & RouteFlags.OnLink }).ToArray(),
    };
}
