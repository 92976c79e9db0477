using EgressNet.Bases;
using EgressNet.Neighbors;
using EgressNet.Netlink.Neighbors;
using EgressNet.Netlink.Transport;
using EgressNet.Sessions;

namespace EgressNet.Batches;

/// <summary>A neighbor to be removed.</summary>
/// <param name="Neighbor">The neighbor as read.</param>
/// <param name="MayBeGone">Whether it was one of many that a filter found, of which some go by themselves.</param>
internal sealed record NeighborRemoval(NetNeighbor Neighbor, bool MayBeGone);

/// <summary>Deletes exactly the neighbors of the pipeline.</summary>
internal sealed class NeighborBatchRemover(EgressCommandBase command, NamespaceSession session, bool passThru)
    : PipelineBatchBase<NeighborRemoval>(command, session)
{
    /// <summary>Refuses what is not there.</summary>
    public void Foresee(NetNeighbor neighbor) =>
        new NeighborBatch(Session.Connection).RequireThere(neighbor.Neighbor, TextOf(neighbor));

    protected override object TargetOf(NeighborRemoval item) => item.Neighbor;

    protected override bool MayComeTooEarly(Exception fault) => false;

    protected override void Send(NeighborRemoval[] items, Exception?[] faults)
    {
        using NetlinkBatch batch = Session.Connection.CreateBatch();
        Array.ForEach(items, item => batch.Delete(item.Neighbor.Neighbor));
        foreach ((int index, NetlinkException refused) in batch.Complete())
        {
            if (!items[index].MayBeGone || refused.Errno != Netlink.Errno.ENOENT)
            {
                faults[index] = refused.Within($"delete neighbor {TextOf(items[index].Neighbor)}");
            }
        }
    }

    protected override void Emit(NeighborRemoval item)
    {
        if (HasEnded)
        {
            return;
        }

        if (IsOneByOne)
        {
            Command.WriteVerbose($"delete neighbor {TextOf(item.Neighbor)}");
        }

        if (passThru)
        {
            Command.WriteObject(item.Neighbor);
        }
    }

    private static string TextOf(NetNeighbor neighbor) => neighbor.Neighbor.ToString(neighbor.InterfaceAlias);
}
