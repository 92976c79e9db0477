using EgressNet.Netlink.Neighbors;
using EgressNet.Netlink.Transport;

namespace EgressNet.Neighbors;

/// <summary>Writes many neighbors in few exchanges, and reads each back: the kernel echoes none.</summary>
/// <param name="connection">A connection in the interfaces' namespace.</param>
internal sealed class NeighborBatch(NetlinkConnection connection)
{
    /// <summary>Writes neighbors. An entry without a link-layer address, which the kernel keeps of a question that nobody
    /// answered, gives way.</summary>
    /// <param name="neighbors">What to write; null where there is a fault already.</param>
    /// <param name="replace">Whether any entry gives way.</param>
    /// <param name="faults">Gets, at each one's place, why it was not written.</param>
    /// <returns>The neighbors as the kernel has them; null where it has none any more.</returns>
    /// <exception cref="NetlinkTransportException">Nobody knows which were written.</exception>
    public Neighbor?[] Write(IReadOnlyList<Neighbor?> neighbors, bool replace, Exception?[] faults)
    {
        List<int> places = [];
        using NetlinkBatch batch = connection.CreateBatch();
        for (int i = 0; i < neighbors.Count; i++)
        {
            try
            {
                if (neighbors[i] is { } neighbor)
                {
                    RequireNoProxy(neighbor, replace);
                    batch.Write(neighbor, replace ? NeighborChange.Replace : NeighborChange.Add);
                    places.Add(i);
                }
            }
            catch (Exception fault) when (fault is ArgumentException or NetlinkException)
            {
                faults[i] = fault;
            }
        }

        foreach ((int index, NetlinkException refused) in batch.Complete())
        {
            faults[places[index]] = refused.IsAlreadyThere ? TakePlace(neighbors[places[index]]!, refused) : refused;
        }

        return Read(neighbors, faults);
    }

    /// <summary>Makes sure that nothing is in the place of a neighbor that is to be added.</summary>
    /// <param name="neighbor">The one to be added.</param>
    /// <exception cref="NetlinkException">EEXIST: there is.</exception>
    public void RequireFree(Neighbor neighbor)
    {
        if (Find(neighbor) is { } present && !IsUnanswered(present))
        {
            throw new NetlinkException(new("add", NetlinkObject.Neighbor), Netlink.Errno.EEXIST);
        }
    }

    /// <summary>Makes sure that a neighbor is there.</summary>
    /// <param name="neighbor">The neighbor, as read.</param>
    /// <param name="text">The same, as a person says it.</param>
    /// <exception cref="NetlinkException">ENOENT: it is not.</exception>
    public void RequireThere(Neighbor neighbor, string text)
    {
        if (Find(neighbor) is null)
        {
            throw new NetlinkException(new("find", NetlinkObject.Neighbor), Netlink.Errno.ENOENT)
                .Within($"find neighbor {text}");
        }
    }

    /// <summary>The entry with the key of a neighbor.</summary>
    /// <param name="neighbor">The neighbor.</param>
    /// <returns>Null where there is none.</returns>
    public Neighbor? Find(Neighbor neighbor) =>
        connection.Neighbors.Find(neighbor.Address, neighbor.InterfaceIndex, neighbor.IsProxy);

    private static bool IsUnanswered(Neighbor present) => !present.IsProxy && present.LinkLayerAddress.IsNone;

    // The kernel does not say that a proxy entry is there.
    private void RequireNoProxy(Neighbor neighbor, bool replace)
    {
        if (neighbor.IsProxy && !replace)
        {
            RequireFree(neighbor);
        }
    }

    private Exception? TakePlace(Neighbor neighbor, NetlinkException refused)
    {
        try
        {
            if (Find(neighbor) is { } present && !IsUnanswered(present))
            {
                return refused;
            }

            connection.Neighbors.Write(neighbor, NeighborChange.Replace);
            return null;
        }
        catch (NetlinkException fault)
        {
            return fault;
        }
    }

    private Neighbor?[] Read(IReadOnlyList<Neighbor?> neighbors, Exception?[] faults)
    {
        Neighbor?[] read = new Neighbor?[neighbors.Count];
        List<int> places = [];
        using NetlinkBatch batch = connection.CreateNeighborBatch((place, neighbor) => read[places[place]] = neighbor);
        for (int i = 0; i < neighbors.Count; i++)
        {
            if (neighbors[i] is { } neighbor && faults[i] is null)
            {
                places.Add(i);
                batch.Ask(neighbor);
            }
        }

        foreach ((int index, NetlinkException old) in batch.Complete())
        {
            // Linux before 5.0 does not answer for a single one.
            read[places[index]] = old.IsAbsent ? null : neighbors[places[index]];
        }

        return read;
    }
}
