using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.PointToPoint;

namespace EgressNet.Plans;

/// <summary>A route out of the container's end.</summary>
/// <param name="Route">The route, its interface left open.</param>
internal record RouteStep(EgressEnd End, Route Route) : EgressStep(End.Side)
{
    private static readonly RouteMetrics s_none = new();

    /// <inheritdoc/>
    public sealed override string Text => $"add route {Route} {End}";

    internal override void Apply(StepContext context) =>
        context.Changes.Do(new AddRoute(() => context.ConnectionOf(Side), Placed(context), Text));

    internal sealed override IEnumerable<EgressFinding> Compare(StepContext context)
    {
        if (context.EndOf(Side) is not { } end)
        {
            yield break;
        }

        Route? present = Present(context, end);
        if (present is null || !Serves(present, end))
        {
            yield return new EgressFinding(
                Side == EgressSide.Host ? EgressFindingKind.HostRoute : EgressFindingKind.ContainerRoute,
                end.Name,
                $"{Route}",
                (present?.InterfaceIndex == end.Index ? present with { InterfaceIndex = 0 } : present)?.ToString());
        }
    }

    internal sealed override void Repair(StepContext context, IReadOnlyList<EgressFinding> findings)
    {
        Link end = context.EndOf(Side)!;
        if (Present(context, end) is { } present && present.InterfaceIndex == end.Index)
        {
            context.Changes.Do(new ReplaceRoute(
                () => context.ConnectionOf(Side), present, Placed(context), $"replace route {Route} {End}"));
        }
        else
        {
            Check(context);
            Apply(context);
        }
    }

    /// <summary>The existing route in the place of this one.</summary>
    private protected virtual Route? Present(StepContext context, Link end) =>
        Likes(context, end.Index).Where(Route.SharesKeyWith)
            .OrderByDescending(route => Serves(route, end)).FirstOrDefault();

    /// <summary>The existing routes to its destination.</summary>
    private protected IEnumerable<Route> Likes(StepContext context, int interfaceIndex = 0) =>
        context.ConnectionOf(Side).Routes
            .List(new RouteFilter { Family = Route.Family, Table = Route.Table, InterfaceIndex = interfaceIndex })
            .Where(route => route.Destination == Route.Destination);

    // Its metrics as well: an MTU that somebody set may be one that no answer fits into.
    private protected bool Serves(Route present, Link end) =>
        PointToPointPlan.Serves(present, Route with { InterfaceIndex = end.Index })
        && (present.Metrics ?? s_none).Equals(Route.Metrics ?? s_none);

    private protected Route Placed(StepContext context) => Route with { InterfaceIndex = context.IndexOf(Side) };
}
