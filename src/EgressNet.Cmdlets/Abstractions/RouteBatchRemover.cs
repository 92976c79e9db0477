using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Routes;

namespace EgressNet.Abstractions;

/// <summary>Deletes exactly the routes of the pipeline.</summary>
internal sealed class RouteBatchRemover(NamespaceCommand command, bool passThru) : PipelineBatch<NetRoute>(command)
{
    private NamespaceSession? _known;
    private ExactRoutes? _routes;

    // The one that the kernel would take in its place may be on the way too.
    protected override bool MayComeTooEarly(Exception fault) => fault is RouteShadowedException;

    protected override void Send(NamespaceSession session, NetRoute[] items, Exception?[] faults)
    {
        if (_known != session)
        {
            _known = session;
            _routes = new ExactRoutes(session.Connection);
        }

        List<int> places = [];
        using NetlinkBatch batch = session.Connection.CreateBatch();
        for (int i = 0; i < items.Length; i++)
        {
            try
            {
                _routes!.Take(items[i].Route);
                batch.Delete(items[i].Route);
                places.Add(i);
            }
            catch (Exception fault) when (fault is NetlinkException or RouteShadowedException)
            {
                faults[i] = fault;
            }
        }

        foreach (NetlinkBatchError refusal in batch.Complete())
        {
            faults[places[refusal.Index]] = refusal.Error;
        }
    }

    protected override void Emit(NamespaceSession session, NetRoute item)
    {
        if (HasEnded)
        {
            return;
        }

        if (IsOneByOne)
        {
            Command.WriteVerbose($"delete route {item.Route}");
        }

        if (passThru)
        {
            Command.WriteObject(item);
        }
    }
}
