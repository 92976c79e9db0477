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
    /// <exception cref="NetlinkException">The kernel refused; the old route is still there.</exception>
    public static Route Apply(NetlinkConnection connection, Route old, Route wanted)
    {
        if (old.Metric == wanted.Metric)
        {
            return connection.Routes.WriteAndRead(wanted, RouteChange.Change);
        }

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
