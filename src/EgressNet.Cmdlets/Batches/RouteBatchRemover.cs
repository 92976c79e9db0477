using EgressNet.Bases;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Routes;
using EgressNet.Sessions;

namespace EgressNet.Batches;

/// <summary>Deletes exactly the routes of the pipeline.</summary>
internal sealed class RouteBatchRemover(EgressCommandBase command, NamespaceSession session, bool passThru)
    : PipelineBatchBase<NetRoute>(command, session)
{
    private readonly ExactRoutes _routes = new(session.Conversation);

    /// <summary>Throws for what does not exist.</summary>
    public void Foresee(NetRoute route)
    {
        _routes.Renew([route.Route]);
        _routes.RequireThere(route.Route);
    }

    // The one that the kernel would take in its place may be on the way too.
    protected override bool MayComeTooEarly(Exception fault) => fault is RouteShadowedException;

    protected override void Send(NetRoute[] items, Exception?[] faults)
    {
        _routes.Renew(items.Select(item => item.Route));
        List<int> places = [];
        using NetlinkBatch batch = Session.Connection.CreateBatch();
        for (int i = 0; i < items.Length; i++)
        {
            try
            {
                batch.Delete(_routes.Take(items[i].Route));
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

    protected override void Emit(NetRoute item)
    {
        if (HasEnded)
        {
            return;
        }

        if (IsOneByOne)
        {
            Command.WriteVerbose($"delete route {item.Route.ToString(item.InterfaceAlias)}");
        }

        if (passThru)
        {
            Command.WriteObject(item);
        }
    }
}
