using System.Diagnostics;
using EgressNet.Changes;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using static EgressNet.Netlink.Errno;

namespace EgressNet.Routes;

/// <summary>Tells whether the kernel's deletion or replacement of a route would hit that very route.</summary>
/// <param name="conversation">One with the routes' namespace, which is read once for each family and table.</param>
internal sealed class ExactRoutes(Conversation conversation)
{
    // About ten times what reading it takes: so the reading never counts for much, and nobody has time to do much.
    private static readonly TimeSpan s_ageOfRoute = TimeSpan.FromMicroseconds(10);
    private readonly Dictionary<(AddressFamily, uint), Dictionary<InetPrefix, List<Route>>> _tables = [];
    private long _since;
    private int _count;

    /// <summary>Reads anew what others may have changed: all that is not just read, or that lacks one of the routes.</summary>
    /// <param name="routes">Routes, as read; none to go by time alone.</param>
    public void Renew(IEnumerable<Route> routes)
    {
        if (Stopwatch.GetElapsedTime(_since) > s_ageOfRoute * _count || !routes.All(Contains))
        {
            Forget();
        }
    }

    /// <summary>Reads anew from now on.</summary>
    public void Forget()
    {
        _tables.Clear();
        _count = 0;
    }

    /// <summary>Finds a deletion that takes exactly this route, and forgets it.</summary>
    /// <param name="route">The route, as read.</param>
    /// <returns>The route as the deletion has to name it.</returns>
    /// <exception cref="NetlinkException">ESRCH: it is not there.</exception>
    /// <exception cref="RouteShadowedException">The kernel would take another one.</exception>
    public Route Take(Route route)
    {
        Route named = DeletionOf(route);
        List<Route> likes = Likes(route);
        likes.RemoveAt(likes.FindIndex(like => Same(like, route)));
        return named;
    }

    /// <summary>Finds a deletion that takes exactly this route.</summary>
    /// <param name="route">The route, as read.</param>
    /// <returns>The route as the deletion has to name it.</returns>
    /// <exception cref="NetlinkException">ESRCH: it is not there.</exception>
    /// <exception cref="RouteShadowedException">The kernel would take another one.</exception>
    public Route DeletionOf(Route route)
    {
        RequireThere(route);
        List<Route> likes = Likes(route);
        Route? first = null;
        foreach (Route named in RouteDeletion.Namings(route, likes))
        {
            first = likes.Find(like => RouteDeletion.Fits(like, named));
            if (first is not null && Same(first, route))
            {
                return named;
            }
        }

        throw new RouteShadowedException(
            $"The kernel would take the route {(first is null ? "of another key" : TextOf(first))} in the place of "
                + $"{TextOf(route)}: both have the same key.");
    }

    /// <summary>Whether a replacement would take exactly this route.</summary>
    /// <param name="route">The route, as read.</param>
    /// <param name="wanted">What is to take its place.</param>
    /// <returns>False where the kernel would take another one.</returns>
    public bool IsReplaceable(Route route, Route wanted) =>
        FirstReplaced(route, wanted) is { } first && Same(first, route);

    /// <summary>The routes that have the key of another.</summary>
    /// <param name="route">The other.</param>
    /// <returns>They, in the order in which the kernel has them.</returns>
    public IEnumerable<Route> WithKeyOf(Route route) => Likes(route).Where(like => like.SharesKeyWith(route));

    /// <summary>Makes sure that no route has the key of one that is to be added.</summary>
    /// <param name="route">The one to be added.</param>
    /// <param name="text">The same, as a person says it.</param>
    /// <exception cref="NetlinkException">EEXIST: there is one.</exception>
    public void RequireFree(Route route, string text)
    {
        if (WithKeyOf(route).Any())
        {
            throw new NetlinkException(new("add", NetlinkObject.Route), EEXIST).Within($"add route {text}");
        }
    }

    /// <summary>Makes sure that exactly this route is there.</summary>
    /// <param name="route">The route, as read.</param>
    /// <exception cref="NetlinkException">ESRCH: it is not.</exception>
    public void RequireThere(Route route)
    {
        if (!Contains(route))
        {
            throw new NetlinkException(new("find", NetlinkObject.Route), ESRCH).Within($"find route {TextOf(route)}");
        }
    }

    /// <summary>Whether exactly this route is there.</summary>
    /// <param name="route">The route, as read.</param>
    /// <returns>True where it is.</returns>
    public bool Contains(Route route) => Likes(route).Exists(like => Same(like, route));

    /// <summary>Notes that one route was put in the place of another.</summary>
    /// <param name="old">The route that is gone; null for none.</param>
    /// <param name="made">The route that is there.</param>
    public void Exchange(Route? old, Route made)
    {
        List<Route> likes = Likes(made);
        int at = old is null ? -1 : likes.FindIndex(like => Same(like, old));
        if (at < 0)
        {
            likes.Add(made);
        }
        else
        {
            likes[at] = made;
        }
    }

    /// <summary>Whether a route is what was asked for, as the kernel completes it.</summary>
    /// <param name="present">The route as read.</param>
    /// <param name="asked">The route as asked for, which may name no interface and no metric.</param>
    /// <returns>True where nothing is to be done.</returns>
    public static bool IsAsAsked(Route present, Route asked) =>
        present.SharesKeyWith(asked)
        && Same(present, asked with
        {
            Metric = present.Metric,
            InterfaceIndex = asked.InterfaceIndex == 0 ? present.InterfaceIndex : asked.InterfaceIndex,
            Scope = asked.Family == AddressFamily.IPv6 ? present.Scope : asked.Scope,
        });

    private Route? FirstReplaced(Route route, Route wanted)
    {
        List<Route> likes = Likes(route).FindAll(like => like.SharesKeyWith(route));
        return likes.Find(like => route.Family == AddressFamily.IPv4 || IsOfMany(like) == IsOfMany(wanted))
            ?? likes.FirstOrDefault();
    }

    // IPv6 replaces a route that could be one of several next hops by its like before others (rt6_qualify_for_ecmp).
    private static bool IsOfMany(Route route) =>
        route.NextHops is not null || route.NextHopId != 0
        || (!route.Gateway.IsNone
            && route.Protocol is not (RouteProtocol.Kernel or RouteProtocol.Ra or RouteProtocol.Redirect));

    private string TextOf(Route route) => route.ToString(conversation.Connection.Links.Find(route.InterfaceIndex)?.Name);

    private List<Route> Likes(Route route)
    {
        (AddressFamily Family, uint Table) key = (route.Family, route.Table);
        if (!_tables.TryGetValue(key, out Dictionary<InetPrefix, List<Route>>? table))
        {
            table = [];
            _since = _tables.Count == 0 ? Stopwatch.GetTimestamp() : _since;
            RouteFilter filter = new() { Family = key.Family, Table = key.Table };
            foreach (Route present in conversation.Connection.Routes.List(filter))
            {
                if (!table.TryGetValue(present.Destination, out List<Route>? likes))
                {
                    table.Add(present.Destination, likes = []);
                }

                likes.Add(present);
                _count++;
            }

            _tables.Add(key, table);
        }

        if (!table.TryGetValue(route.Destination, out List<Route>? found))
        {
            table.Add(route.Destination, found = []);
        }

        return found;
    }

    // What the kernel changes by itself is not compared: seconds to live, and the state of the link.
    internal static bool Same(Route left, Route right) =>
        left.Metric == right.Metric && left.InterfaceIndex == right.InterfaceIndex && left.Gateway == right.Gateway
        && Settled(left) == Settled(right);

    private static Route Settled(Route route) => route with
    {
        ExpiresAfterSeconds = 0,
        Flags = route.Flags & RouteFlags.OnLink,
        NextHops = route.NextHops?.Select(hop => hop with { Flags = hop.Flags & RouteFlags.OnLink }).ToArray(),
    };
}
