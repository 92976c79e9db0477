using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;

namespace EgressNet.Abstractions;

/// <summary>A route to be written, and what an error of it points at.</summary>
internal readonly record struct RouteItem(Route Route, object Target);

/// <summary>Writes the routes of the pipeline and emits each as the kernel has it.</summary>
internal sealed class RouteBatchWriter(NamespaceCommand command, bool replace) : PipelineBatch<RouteItem>(command)
{
    private readonly RouteChange _change = replace ? RouteChange.Replace : RouteChange.Add;

    protected override void Send(NamespaceSession session, RouteItem[] items)
    {
        Route[] written = [.. items.Select(item => item.Route)];
        List<int> places = [];
        Dictionary<int, Exception> faults = [];
        using NetlinkBatch batch = session.Connection.CreateRouteBatch((place, route) => written[places[place]] = route);
        for (int i = 0; i < items.Length; i++)
        {
            try
            {
                places.Add(i);
                batch.Write(items[i].Route, _change);
                Command.WriteVerbose($"{(replace ? "replace" : "add")} route {items[i].Route}");
            }
            catch (ArgumentException fault)
            {
                places.RemoveAt(places.Count - 1);
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
                Command.WriteFault(fault, items[i].Target);
            }
            else
            {
                Command.WriteObject(session.ToOutput(written[i]));
            }
        }
    }
}
