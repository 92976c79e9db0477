using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;

namespace EgressNet.Abstractions;

/// <summary>Gathers routes of the pipeline, writes up to 128 of them in one exchange, and emits each as the kernel has
/// it, or its own error, in input order.</summary>
internal sealed class RouteBatchWriter(NamespaceCommand command, bool replace)
{
    private const int Most = 128;
    private readonly List<(Route Route, object Target)> _pending = [];
    private readonly int _most = command.StopsOnError ? 1 : Most;
    private NamespaceSession? _session;

    public void Add(NamespaceSession session, Route route, object target)
    {
        _session = session;
        _pending.Add((route, target));
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

        (Route Route, object Target)[] items = [.. _pending];
        _pending.Clear();
        NamespaceSession session = _session;
        command.Attempt(items[0].Target, () => Write(session, items));
    }

    private void Write(NamespaceSession session, (Route Route, object Target)[] items)
    {
        Route[] written = [.. items.Select(item => item.Route)];
        int[] places = new int[items.Length];
        int sent = 0;
        Dictionary<int, Exception> faults = [];
        using NetlinkBatch batch = session.Connection.CreateRouteBatch((place, route) => written[places[place]] = route);
        for (int i = 0; i < items.Length; i++)
        {
            try
            {
                batch.Write(items[i].Route, replace ? RouteChange.Replace : RouteChange.Add);
                command.WriteVerbose($"{(replace ? "replace" : "add")} route {items[i].Route}");
                places[sent++] = i;
            }
            catch (ArgumentException fault)
            {
                faults.Add(i, fault);
            }
        }

        foreach (NetlinkBatchError refusal in batch.Complete())
        {
            faults[places[refusal.Index]] = refusal.Error;
        }

        for (int i = 0; i < items.Length; i++)
        {
            if (faults.TryGetValue(i, out Exception? fault))
            {
                command.WriteFault(fault, items[i].Target);
            }
            else
            {
                command.WriteObject(session.ToOutput(written[i]));
            }
        }
    }
}
