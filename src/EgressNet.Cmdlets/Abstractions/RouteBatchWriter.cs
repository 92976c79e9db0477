using EgressNet.Errors;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Routes;

namespace EgressNet.Abstractions;

/// <summary>Writes the routes of the pipeline and emits each as the kernel has it.</summary>
internal sealed class RouteBatchWriter(NamespaceCommand command, NamespaceSession session, bool replace)
    : PipelineBatch<RouteItem>(command, session)
{
    private RouteTakeover? _takeover;

    protected override object TargetOf(RouteItem item) => item.Target;

    // The first of the IPv4 routes of one key is the one that counts.
    protected override object? OrderOf(RouteItem item) => item is { IsPutBack: true, Route.Family: AddressFamily.IPv4 }
        ? (item.Route.Table, item.Route.Destination, item.Route.TypeOfService, item.Route.Metric)
        : null;

    protected override void Send(RouteItem[] items, Exception?[] faults)
    {
        InterfaceLookup interfaces = new(Session);
        ExactRoutes? present = null;
        _takeover?.Renew();
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
                    item.Written = (_takeover ??= new RouteTakeover(Session.Conversation)).Write(route, item.IsPutBack, out string told);
                    item.Told = told;
                    continue;
                }

                if (IsLocalOfKernel(item) && (present ??= new ExactRoutes(Session.Conversation)).Contains(route))
                {
                    item.Leave();
                    continue;
                }

                places[batch.Count] = i;
                batch.Write(route, item.IsPutBack ? RouteChange.Append : RouteChange.Add);
                item.Told = IsOneByOne ? $"add route {route}" : "";
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
    }

    protected override void Emit(RouteItem item)
    {
        if (HasEnded)
        {
            return;
        }

        if (IsOneByOne)
        {
            Command.WriteVerbose(item.Told);
        }

        if (item.Written is not null)
        {
            Command.WriteObject(Session.ToOutput(item.Written));
        }
    }

    // Nobody else can set the metric 0 of the kernel's own IPv6 routes: a second one would come beside it.
    private static bool IsLocalOfKernel(RouteItem item) =>
        item is { IsPutBack: true, Route: { Family: AddressFamily.IPv6, Protocol: RouteProtocol.Kernel, Metric: 0 } };

    // What the kernel makes by itself may be there before it is put back.
    private void ForgiveKernels(RouteItem[] items, Exception?[] faults)
    {
        ExactRoutes? present = null;
        for (int i = 0; i < items.Length; i++)
        {
            if (faults[i] is NetlinkException { IsAlreadyThere: true }
                && items[i] is { IsPutBack: true, Route.Protocol: RouteProtocol.Kernel, Written: { } route } item
                && (present ??= new ExactRoutes(Session.Conversation)).Contains(route))
            {
                faults[i] = null;
                item.Leave();
            }
        }
    }
}
