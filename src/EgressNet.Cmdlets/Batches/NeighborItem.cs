using EgressNet.Arguments;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Neighbors;
using EgressNet.Sessions;

namespace EgressNet.Batches;

/// <summary>A neighbor to be written, and what an error of it points at.</summary>
internal sealed class NeighborItem(Neighbor neighbor, object @interface, object target)
{
    public NeighborItem(NetNeighbor read)
        : this(read.Neighbor, read.InterfaceAlias, read) => IsPutBack = true;

    public Neighbor Neighbor { get; } = neighbor;

    public object Target { get; } = target;

    public bool IsPutBack { get; }

    /// <summary>The neighbor as the kernel has it, null where it made none.</summary>
    public Neighbor? Written { get; set; }

    public string Told { get; set; } = "";

    /// <summary>The neighbor with its interface by index.</summary>
    public Neighbor Resolve(InterfaceLookup interfaces)
    {
        if (IsPutBack && Neighbor.InterfaceIndex == 0)
        {
            return Neighbor;
        }

        Link link = interfaces.Require(@interface, IsPutBack ? Target : null);
        if (!IsPutBack)
        {
            NeighborArgument.ThrowIfInvalid(
                Neighbor.Address, Neighbor.IsProxy, Neighbor.LinkLayerAddress, Neighbor.State, link, Target);
        }

        Neighbor resolved = Neighbor with { InterfaceIndex = link.Index };
        Told = resolved.ToString(link.Name);
        return resolved;
    }
}
