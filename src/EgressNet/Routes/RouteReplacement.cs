using EgressNet.Journal;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;

namespace EgressNet.Routes;

/// <summary>Changes a route that is there. The metric belongs to a route's key, so another metric makes another
/// route:
/// the new one comes before the old one goes.</summary>
public static class RouteReplacement
{
    /// <summary>Turns one route into another.</summary>
    /// <param name="connection">A connection in the routes' namespace.</param>
    /// <param name="old">The route as read.</param>
    /// <param name="wanted">What it is to become.</param>
    /// <returns>The route as the kernel has it then.</returns>
    /// <exception cref="NetlinkException">The kernel refused, ESRCH where the old route is not there; nothing has
    /// changed.</exception>
    /// <exception cref="RouteShadowedException">Another route with the same key comes first; nothing has changed.
    /// </exception>
    public static Route Apply(NetlinkConnection connection, Route old, Route wanted)
    {
        ExactRoutes routes = new(connection);
        if (old.Metric == wanted.Metric)
        {
            routes.RequireReplaceable(old);
            return connection.Routes.WriteAndRead(wanted, RouteChange.Change);
        }

        routes.Take(old);
        using NetlinkConnection.CancellationHold hold = connection.HoldCancellation();
        return UndoJournal.Run(journal =>
        {
            Route added = connection.Routes.WriteAndRead(wanted);
            journal.Add($"route {added}", () => connection.Routes.Delete(added));
            connection.Routes.Delete(old);
            return added;
        });
    }
}
