using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Routes;

namespace EgressNet.Abstractions;

/// <summary>Deletes exactly the routes of the pipeline.</summary>
internal sealed class RouteBatchRemover(NamespaceCommand command, bool passThru) : PipelineBatch<NetRoute>(command)
{
    private NamespaceSession? _known;
    private ExactRoutes? _routes;

    // The kernel's walk through IPv6 routes loses its place when routes are deleted under it: a dump that still feeds
    // the pipeline would skip some.
    protected override bool IsHeld(NetRoute item) => item.Route.Family == AddressFamily.IPv6;

    protected override void Send(NamespaceSession session, NetRoute[] items)
    {
        if (_known != session)
        {
            _known = session;
            _routes = new ExactRoutes(session.Connection);
        }

        List<int> places = [];
        Dictionary<int, Exception> faults = [];
        using NetlinkBatch batch = session.Connection.CreateBatch();
        for (int i = 0; i < items.Length; i++)
        {
            try
            {
                _routes!.Take(items[i].Route);
                Command.WriteVerbose($"delete route {items[i].Route}");
                batch.Delete(items[i].Route);
                places.Add(i);
            }
            catch (Exception fault) when (fault is NetlinkException or RouteShadowedException)
            {
                faults.Add(i, fault);
            }
        }

        foreach (NetlinkBatchError refusal in batch.Complete())
        {
            faults.Add(places[refusal.Index], refusal.Error);
        }

        for (int i = 0; i < items.Length; i++)
        {
            if (faults.TryGetValue(i, out Exception? fault))
            {
                Command.WriteFault(fault, items[i]);
            }
            else if (passThru)
            {
                Command.WriteObject(items[i]);
            }
        }
    }
}
