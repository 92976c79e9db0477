using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;

namespace EgressNet.Abstractions;

/// <summary>Gathers routes of the pipeline, deletes up to 128 of them in one exchange, and tells of each in input
/// order.</summary>
internal sealed class RouteBatchRemover(NamespaceCommand command, bool passThru)
{
    private const int Most = 128;
    private readonly List<NetRoute> _pending = [];
    private readonly int _most = command.StopsOnError ? 1 : Most;
    private NamespaceSession? _session;

    public void Add(NamespaceSession session, NetRoute route)
    {
        _session = session;
        _pending.Add(route);
        if (_pending.Count >= _most)
        {
            Flush();
        }
    }

    public void Flush()
    {
        if (_pending.Count == 0 || _session is null)
        {
            return;
        }

        NetRoute[] routes = [.. _pending];
        _pending.Clear();
        NetlinkConnection connection = _session.Connection;
        command.Attempt(routes[0], () => Delete(connection, routes));
    }

    private void Delete(NetlinkConnection connection, NetRoute[] routes)
    {
        using NetlinkBatch batch = connection.CreateBatch();
        foreach (NetRoute route in routes)
        {
            command.WriteVerbose($"delete route {route.Route}");
            batch.Delete(route.Route);
        }

        Dictionary<int, NetlinkException> faults =
            batch.Complete().ToDictionary(refusal => refusal.Index, refusal => refusal.Error);
        for (int i = 0; i < routes.Length; i++)
        {
            if (faults.TryGetValue(i, out NetlinkException? fault))
            {
                command.WriteFault(fault, routes[i]);
            }
            else if (passThru)
            {
                command.WriteObject(routes[i]);
            }
        }
    }
}
