using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;

namespace EgressNet.Abstractions;

/// <summary>Deletes exactly the routes of the pipeline.</summary>
internal sealed class RouteBatchRemover(NamespaceCommand command, bool passThru) : PipelineBatch<NetRoute>(command)
{
    protected override void Send(NamespaceSession session, NetRoute[] items)
    {
        using NetlinkBatch batch = session.Connection.CreateBatch();
        foreach (NetRoute route in items)
        {
            Command.WriteVerbose($"delete route {route.Route}");
            batch.Delete(route.Route);
        }

        Dictionary<int, NetlinkException> faults =
            batch.Complete().ToDictionary(refusal => refusal.Index, refusal => refusal.Error);
        for (int i = 0; i < items.Length; i++)
        {
            if (faults.TryGetValue(i, out NetlinkException? fault))
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
