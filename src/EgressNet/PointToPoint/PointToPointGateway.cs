using EgressNet.Changes;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using static EgressNet.Netlink.Errno;

namespace EgressNet.PointToPoint;

/// <summary>Applies point-to-point plans in a namespace.</summary>
/// <param name="conversation">One with the namespace.</param>
/// <param name="report">Called with the text of each change just before it is made; may be null.</param>
/// <param name="cancellationToken">Ends the work between two changes; what was done is then undone.</param>
internal sealed class PointToPointGateway(
    Conversation conversation, Action<string>? report = null, CancellationToken cancellationToken = default)
{
    /// <summary>Applies a plan: adds missing routes, deletes the connected route, and leaves existing planned routes.</summary>
    /// <returns>The plan's routes as the kernel has them, in the plan's order.</returns>
    /// <exception cref="NetlinkException">The kernel refused, EEXIST where a different route holds a place; the routes
    /// are as before.</exception>
    /// <exception cref="UndoFailedException">The kernel refused and the routes are not as before, as told.</exception>
    public IReadOnlyList<Route> Apply(PointToPointPlan plan)
    {
        using NetlinkConnection.CancellationHold hold = conversation.Connection.HoldCancellation();
        List<Route> present = Present(plan);
        ThrowIfTaken(plan, present);
        return ChangeSet.Run(report, changes => Apply(plan, present, changes), cancellationToken);
    }

    /// <summary>Throws when other routes have the place of planned ones; nothing is changed.</summary>
    /// <exception cref="NetlinkException">EEXIST, with the route and its gateway.</exception>
    public void ThrowIfTaken(PointToPointPlan plan) => ThrowIfTaken(plan, Present(plan));

    private List<Route> Present(PointToPointPlan plan) =>
    [
        .. conversation.Connection.Routes.List(
            new RouteFilter { Family = plan.Address.Family, Table = RouteTable.Main }),
    ];

    private void ThrowIfTaken(PointToPointPlan plan, List<Route> present)
    {
        foreach (Route planned in plan.Routes.Where(planned =>
            !present.Exists(route => PointToPointPlan.Serves(route, planned))))
        {
            if (present.Find(route => route.SharesKeyWith(planned) && !plan.Displaces(route)) is { } taken)
            {
                string? name = conversation.Connection.Links.Find(taken.InterfaceIndex)?.Name;
                string gateway = taken.Gateway.IsNone ? "another route" : $"the gateway {taken.Gateway}";
                throw new NetlinkException(
                    new("add", NetlinkObject.Route) { Change = $"set gateway {plan.Gateway}" },
                    EEXIST,
                    $"{planned.Destination} has {gateway} already, by '{taken.ToString(name)}': remove that route first");
            }
        }
    }

    private List<Route> Apply(PointToPointPlan plan, List<Route> present, ChangeSet changes)
    {
        List<Route> result = [];
        foreach (Route planned in plan.Routes)
        {
            if (planned.Destination == plan.Subnet)
            {
                Remove(changes, present, plan);
            }

            if (present.Find(route => PointToPointPlan.Serves(route, planned)) is { } serving)
            {
                result.Add(serving);
                continue;
            }

            AddRoute added = new(() => conversation.Connection, planned);
            changes.Do(added);
            result.Add(added.Made);
        }

        return result;
    }

    private void Remove(ChangeSet changes, List<Route> present, PointToPointPlan plan)
    {
        foreach (Route route in present.Where(plan.Displaces))
        {
            // Another interface may have a route with the same key; which of them comes first decides.
            RouteChange back = present.TakeWhile(other => !ReferenceEquals(other, route))
                .Any(other => HasKeyOf(route, other))
                    ? RouteChange.Append
                    : RouteChange.Prepend;
            changes.Do(new DeleteRoute(() => conversation.Connection, route, back: back));
        }
    }

    private static bool HasKeyOf(Route route, Route other) =>
        other.Destination == route.Destination
        && other.Metric == route.Metric
        && other.TypeOfService == route.TypeOfService;
}
