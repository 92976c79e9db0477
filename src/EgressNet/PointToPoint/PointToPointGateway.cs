using EgressNet.Journal;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;

namespace EgressNet.PointToPoint;

/// <summary>Carries out point-to-point plans in the namespace of a connection.</summary>
/// <param name="connection">The connection.</param>
/// <param name="report">Told each kernel change just before it is made; null for nobody.</param>
public sealed class PointToPointGateway(NetlinkConnection connection, Action<string>? report = null)
{
    /// <summary>Brings the routes into the planned state: adds what is missing, takes the connected route away,
    /// leaves
    /// what is there already.</summary>
    /// <param name="plan">The plan.</param>
    /// <returns>The plan's routes as the kernel has them, in the plan's order.</returns>
    /// <exception cref="NetlinkException">The kernel refused, EEXIST where a different route holds a place; the
    /// routes
    /// are as before.</exception>
    /// <exception cref="UndoFailedException">The kernel refused and the routes are not as before, as
    /// told.</exception>
    public IReadOnlyList<Route> Apply(PointToPointPlan plan)
    {
        List<Route> present =
        [
            .. connection.Routes.List(new RouteFilter { Family = plan.Address.Family, Table = RouteTable.Main }),
        ];
        using NetlinkConnection.CancellationHold hold = connection.HoldCancellation();
        return UndoJournal.Run(journal =>
        {
            List<Route> result = [];
            foreach (Route planned in plan.Routes)
            {
                if (planned.Destination == plan.Subnet)
                {
                    Remove(journal, present, plan);
                }

                result.Add(present.Find(route => PointToPointPlan.Serves(route, planned)) ?? Add(journal, planned));
            }

            return result;
        });
    }

    private Route Add(UndoJournal journal, Route planned)
    {
        report?.Invoke($"add route {planned}");
        Route added = connection.Routes.WriteAndRead(planned);
        journal.Add($"route {added}", () => connection.Routes.Delete(added));
        return added;
    }

    private void Remove(UndoJournal journal, List<Route> present, PointToPointPlan plan)
    {
        foreach (Route route in present.Where(plan.Displaces))
        {
            // Another interface may have a route with the same key; which of them comes first decides.
            RouteChange back = present.TakeWhile(other => !ReferenceEquals(other, route))
                .Any(other => HasKeyOf(route, other))
                    ? RouteChange.Append
                    : RouteChange.Prepend;
            report?.Invoke($"delete route {route}");
            connection.Routes.Delete(route);
            journal.Add($"missing route {route}", () => connection.Routes.Write(route, back));
        }
    }

    private static bool HasKeyOf(Route route, Route other) =>
        other.Destination == route.Destination
        && other.Metric == route.Metric
        && other.TypeOfService == route.TypeOfService;
}
