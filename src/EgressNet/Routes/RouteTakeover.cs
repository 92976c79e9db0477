using EgressNet.Changes;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;

namespace EgressNet.Routes;

/// <summary>Writes routes in the place of those of their key. Only one out of the same interface gives way.</summary>
/// <param name="conversation">One with the routes' namespace.</param>
internal sealed class RouteTakeover(Conversation conversation)
{
    private readonly ExactRoutes _routes = new(conversation);
    private readonly Dictionary<(uint, InetPrefix), List<Route>> _written = [];

    /// <summary>Reads the tables anew where what was read no longer counts: others may have changed them.</summary>
    public void Renew() => _routes.Renew([]);

    /// <summary>Writes one route.</summary>
    /// <param name="wanted">What is to be there.</param>
    /// <param name="appendsSiblings">Whether it goes beside routes of its key out of other interfaces, and those that were
    /// written before.</param>
    /// <param name="report">Called with the text of each change just before it is made; may be null.</param>
    /// <returns>The route as the kernel has it then.</returns>
    /// <exception cref="NetlinkException">The kernel refused; nothing has changed.</exception>
    /// <exception cref="RouteShadowedException">Nobody can tell which route is to give way; nothing has changed.</exception>
    /// <exception cref="UndoFailedException">The kernel refused, and something is left, as told.</exception>
    public Route Write(Route wanted, bool appendsSiblings, Action<string>? report = null)
    {
        Route[] likes = [.. _routes.WithKeyOf(wanted)];
        List<Route> written = WrittenAt(wanted);
        Route[] own = [.. likes.Where(like => IsOutOf(wanted.InterfaceIndex, like)
            && !(appendsSiblings && written.Exists(each => ExactRoutes.Same(each, like))))];
        if (likes.FirstOrDefault(like => ExactRoutes.IsAsAsked(like, wanted)) is { } present)
        {
            written.Add(present);
            report?.Invoke($"route {TextOf(present)} is there already");
            return present;
        }

        if (own.Length > 1 || (own.Length == 0 && likes.Length > 0 && !appendsSiblings))
        {
            throw new RouteShadowedException(own.Length > 1
                ? $"{own.Length} routes have the key of {TextOf(wanted)}: remove the one that is to give way."
                : $"The route {TextOf(likes[0])} has the key of {TextOf(wanted)} and leads out of another interface: "
                    + "remove it first, or use another metric.");
        }

        try
        {
            Route made = Write(own.FirstOrDefault(), wanted, likes.Length > 0, report);
            _routes.Exchange(own.FirstOrDefault(), made);
            written.Add(made);
            return made;
        }
        catch
        {
            _routes.Forget();
            throw;
        }
    }

    private Route Write(Route? old, Route wanted, bool hasLikes, Action<string>? report) => ChangeSet.Run(report, changes =>
    {
        NetlinkConnection Connect() => conversation.Connection;
        if (old is not null && _routes.IsReplaceable(old, wanted))
        {
            ReplaceRoute replaced = new(Connect, old, wanted);
            changes.Do(replaced);
            return replaced.Made;
        }

        if (old is not null)
        {
            changes.Do(new DeleteRoute(Connect, old, back: RouteChange.Append, named: _routes.DeletionOf(old)));
        }

        AddRoute added = new(Connect, wanted, change: hasLikes ? RouteChange.Append : RouteChange.Add);
        changes.Do(added);
        return added.Made;
    });

    private List<Route> WrittenAt(Route wanted)
    {
        (uint, InetPrefix) place = (wanted.Table, wanted.Destination);
        if (!_written.TryGetValue(place, out List<Route>? written))
        {
            _written.Add(place, written = []);
        }

        return written;
    }

    private string TextOf(Route route) =>
        route.ToString(conversation.Connection.Links.Find(route.InterfaceIndex)?.Name);

    // A route that names no interface, or whose hops do, has only its key.
    private static bool IsOutOf(int interfaceIndex, Route route) =>
        interfaceIndex == 0
        || (route.NextHops is { } hops
            ? hops.All(hop => hop.InterfaceIndex == interfaceIndex)
            : route.InterfaceIndex == interfaceIndex);
}
