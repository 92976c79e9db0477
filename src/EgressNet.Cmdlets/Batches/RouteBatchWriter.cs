using EgressNet.Bases;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Routes;
using EgressNet.Sessions;

namespace EgressNet.Batches;

/// <summary>Writes the routes of the pipeline and emits each as the kernel has it.</summary>
internal sealed class RouteBatchWriter(EgressCommandBase command, NamespaceSession session, bool replace)
    : PipelineBatchBase<RouteItem>(command, session)
{
    private readonly RouteTakeover _takeover = new(session.Conversation);
    private readonly ExactRoutes _present = new(session.Conversation);

    /// <summary>Throws for what the kernel would refuse.</summary>
    public void Foresee(RouteItem item)
    {
        Route route = item.Resolve(new InterfaceLookup(Session));
        _present.Renew([]);
        if (!replace && !item.IsPutBack && (!item.IsAppended || HasLike(route)))
        {
            _present.RequireFree(route, Session.TextOf(route));
        }
    }

    protected override object TargetOf(RouteItem item) => item.Target;

    // The first of the IPv4 routes of one key is the one that counts.
    protected override object? OrderOf(RouteItem item) =>
        item is { Route.Family: AddressFamily.IPv4 } and ({ IsPutBack: true } or { IsAppended: true })
        ? (item.Route.Table, item.Route.Destination, item.Route.TypeOfService, item.Route.Metric)
        : null;

    protected override void Send(RouteItem[] items, Exception?[] faults)
    {
        InterfaceLookup interfaces = new(Session);
        _takeover.Renew();
        _present.Renew([]);
        int[] places = new int[items.Length];
        using NetlinkBatch batch = Session.Connection.CreateRouteBatch(
            (place, route) => items[places[place]].Written = route);
        for (int i = 0; i < items.Length; i++)
        {
            try
            {
                RouteItem item = items[i];
                Route route = item.Written = item.Resolve(interfaces);
                if (replace)
                {
                    List<string>? told = IsOneByOne ? [] : null;
                    item.Written = _takeover.Write(route, item.IsPutBack, told is null ? null : told.Add);
                    item.Message = string.Join("; ", told ?? []);
                    continue;
                }

                if (IsLocalOfKernel(item) && _present.Contains(route))
                {
                    item.Leave(Session);
                    continue;
                }

                places[batch.Count] = i;
                batch.Write(route, item.IsPutBack || item.IsAppended ? RouteChange.Append : RouteChange.Add);
                item.Message = IsOneByOne ? $"{(item.IsAppended ? "append" : "add")} route {Session.TextOf(route)}" : "";
            }
            catch (Exception fault) when (Command.ToError(fault, items[i].Target) is not null)
            {
                faults[i] = fault;
            }
        }

        foreach (NetlinkBatchError refusal in batch.Complete())
        {
            faults[places[refusal.Index]] = refusal.Error;
        }

        ForgiveKernels(items, faults);
        ReadAppended(items.Where((item, i) =>
            faults[i] is null && item is { IsAppended: true, Route.Family: AddressFamily.IPv6 }));
    }

    protected override void Emit(RouteItem item)
    {
        if (HasEnded)
        {
            return;
        }

        if (IsOneByOne)
        {
            Command.WriteVerbose(item.Message);
        }

        if (item.Written is not null)
        {
            Command.WriteObject(Session.ToOutput(item.Written));
        }
    }

    // IPv6 takes it as one more next hop: the echo has it first, and the table has it last.
    private void ReadAppended(IEnumerable<RouteItem> items)
    {
        foreach (RouteItem item in items.Where(item => item.Written?.NextHops is not null))
        {
            _present.Renew([item.Written!]);
            item.Written = _present.WithKeyOf(item.Written!).FirstOrDefault(like => like.NextHops is not null) ?? item.Written;
        }
    }

    private bool HasLike(Route route) =>
        _present.WithKeyOf(route).Any(like => ExactRoutes.IsAsAsked(like, route) || IsHopOf(route, like));

    private static bool IsHopOf(Route route, Route several) => route is { Family: AddressFamily.IPv6, NextHops: null }
        && several.NextHops?.Any(hop => hop.Gateway == route.Gateway
            && (route.InterfaceIndex == 0 || hop.InterfaceIndex == route.InterfaceIndex)) == true;

    // Nobody else can set the metric 0 of the kernel's own IPv6 routes: a second one would come beside it.
    private static bool IsLocalOfKernel(RouteItem item) =>
        item is { IsPutBack: true, Route: { Family: AddressFamily.IPv6, Protocol: RouteProtocol.Kernel, Metric: 0 } };

    // What the kernel makes by itself may be there before it is put back.
    private void ForgiveKernels(RouteItem[] items, Exception?[] faults)
    {
        int[] taken = [.. Enumerable.Range(0, items.Length).Where(i =>
            faults[i] is NetlinkException { IsAlreadyThere: true }
            && items[i] is { IsPutBack: true, Route.Protocol: RouteProtocol.Kernel, Written: not null })];
        _present.Renew(taken.Select(i => items[i].Written!));
        foreach (int i in taken.Where(i => _present.Contains(items[i].Written!)))
        {
            faults[i] = null;
            items[i].Leave(Session);
        }
    }
}
