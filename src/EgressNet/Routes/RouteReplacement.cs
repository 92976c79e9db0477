using EgressNet.Changes;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;

namespace EgressNet.Routes;

/// <summary>Changes a route that is there. The metric belongs to a route's key, so another metric makes another route: the
/// new one comes before the old one goes. Where the kernel would replace another one of the key, the old one goes first.
/// </summary>
/// <param name="conversation">One with the routes' namespace.</param>
/// <param name="report">Called with the text of each change just before it is made; may be null.</param>
/// <param name="cancellationToken">Ends the work between two changes; what was done is then undone.</param>
internal sealed class RouteReplacement(
    Conversation conversation, Action<string>? report = null, CancellationToken cancellationToken = default)
{
    /// <summary>Turns one route into another.</summary>
    /// <param name="old">The route as read.</param>
    /// <param name="wanted">What it is to become.</param>
    /// <returns>The route as the kernel has it then.</returns>
    /// <exception cref="NetlinkException">The kernel refused, ESRCH where the old route is not there; nothing has
    /// changed.</exception>
    /// <exception cref="RouteShadowedException">Another route with the same key comes first; nothing has changed.</exception>
    /// <exception cref="UndoFailedException">The kernel refused, and something is left, as told.</exception>
    public Route Apply(Route old, Route wanted)
    {
        using NetlinkConnection.CancellationHold hold = conversation.Connection.HoldCancellation();
        ExactRoutes routes = new(conversation);
        NetlinkConnection Connect() => conversation.Connection;
        wanted = wanted with { Metric = wanted.EffectiveMetric };
        return ChangeSet.Run(
            report,
            changes =>
            {
                routes.RequireThere(old);
                bool keepsKey = old.Metric == wanted.Metric;
                if (keepsKey && routes.IsReplaceable(old, wanted))
                {
                    ReplaceRoute replaced = new(Connect, old, wanted);
                    changes.Do(replaced);
                    return replaced.Made;
                }

                DeleteRoute deleted = new(Connect, old, back: RouteChange.Append, named: routes.DeletionOf(old));
                AddRoute added = new(Connect, wanted, change: keepsKey ? RouteChange.Append : RouteChange.Add);
                changes.Do(keepsKey ? deleted : added);
                changes.Do(keepsKey ? added : deleted);
                return added.Made;
            },
            cancellationToken);
    }
}
