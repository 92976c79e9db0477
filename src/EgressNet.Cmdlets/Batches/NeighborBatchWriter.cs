using EgressNet.Bases;
using EgressNet.Neighbors;
using EgressNet.Netlink.Neighbors;
using EgressNet.Netlink.Transport;
using EgressNet.Sessions;

namespace EgressNet.Batches;

/// <summary>Writes the neighbors of the pipeline and emits each as the kernel has it.</summary>
internal sealed class NeighborBatchWriter(EgressCommandBase command, NamespaceSession session, bool replace)
    : PipelineBatchBase<NeighborItem>(command, session)
{
    /// <summary>Refuses what the kernel would.</summary>
    public void Foresee(NeighborItem item)
    {
        Neighbor neighbor = item.Resolve(new InterfaceLookup(Session));
        if (!replace)
        {
            new NeighborBatch(Session.Connection).RequireFree(neighbor);
        }
    }

    protected override object TargetOf(NeighborItem item) => item.Target;

    protected override bool MayComeTooEarly(Exception fault) => false;

    protected override void Send(NeighborItem[] items, Exception?[] faults)
    {
        InterfaceLookup interfaces = new(Session);
        Neighbor?[] neighbors = new Neighbor?[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            try
            {
                neighbors[i] = items[i].Resolve(interfaces);
            }
            catch (Exception fault) when (Command.ToError(fault, items[i].Target) is not null)
            {
                faults[i] = fault;
            }
        }

        NeighborBatch batch = new(Session.Connection);
        Neighbor?[] written = batch.Write(neighbors, replace, faults);
        for (int i = 0; i < items.Length; i++)
        {
            items[i].Written = written[i];
            string text = items[i].Told;
            items[i].Told = $"{(replace ? "replace" : "add")} neighbor {text}";
            if (faults[i] is NetlinkException { IsAlreadyThere: true } && IsOfKernel(items[i])
                && batch.Find(neighbors[i]!) == neighbors[i])
            {
                faults[i] = null;
                items[i].Told = $"neighbor {text} is there already: it is the kernel's own";
            }
            else if (faults[i] is NetlinkException refused)
            {
                faults[i] = refused.Within(items[i].Told);
            }
        }
    }

    protected override void Emit(NeighborItem item)
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

    // A multicast group is back as soon as something is sent to it.
    private static bool IsOfKernel(NeighborItem item) => item is { IsPutBack: true, Neighbor.State: NeighborState.NoArp };
}
