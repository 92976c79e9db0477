using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Neighbors;

/// <summary>Neighbors on a connection and in a batch.</summary>
public static class NeighborExtensions
{
    extension(NetlinkConnection connection)
    {
        /// <summary>The neighbors of the connection's namespace.</summary>
        public NeighborOperations Neighbors => new(connection);

        /// <summary>Starts a batch of questions.</summary>
        /// <param name="onRead">Called with each question's place in the batch and the neighbor found.</param>
        /// <returns>An empty batch, to be disposed after use.</returns>
        internal NetlinkBatch CreateNeighborBatch(Action<int, Neighbor> onRead) =>
            connection.CreateBatch((int index, in NetlinkMessage message) =>
            {
                if (NeighborOperations.ReadOrNull(in message) is { } neighbor)
                {
                    onRead(index, neighbor);
                }
            });
    }

    extension(NetlinkBatch batch)
    {
        /// <summary>Adds the writing of one neighbor to the batch.</summary>
        /// <param name="neighbor">The neighbor.</param>
        /// <param name="change">What to do where its key is taken or free.</param>
        /// <exception cref="ArgumentException">The neighbor contradicts itself; it was not added.</exception>
        public void Write(Neighbor neighbor, NeighborChange change = NeighborChange.Add)
        {
            NeighborRules.ThrowIfInvalid(neighbor);
            NetlinkWriter request = batch.Begin(RTM.RTM_NEWNEIGH, NeighborOperations.FlagsOf(change));
            NeighborMessage.Write(ref request, neighbor);
            batch.Add(ref request, NeighborOperations.OperationOf(change, neighbor.Family));
        }

        /// <summary>Adds the deletion of one neighbor to the batch.</summary>
        /// <param name="neighbor">The neighbor.</param>
        /// <exception cref="ArgumentException">It names no interface; it was not added.</exception>
        public void Delete(Neighbor neighbor)
        {
            NeighborRules.ThrowIfUnnamable(neighbor);
            NetlinkWriter request = batch.Begin(RTM.RTM_DELNEIGH, 0);
            NeighborMessage.WriteKey(ref request, neighbor);
            batch.Add(ref request, NeighborOperations.DeleteOperation);
        }

        /// <summary>Adds the question for one neighbor to the batch.</summary>
        internal void Ask(Neighbor neighbor)
        {
            NetlinkWriter request = batch.Begin(RTM.RTM_GETNEIGH, 0);
            NeighborMessage.WriteKey(ref request, neighbor);
            batch.Add(ref request, new NetlinkOperation("get", NetlinkObject.Neighbor));
        }
    }
}
