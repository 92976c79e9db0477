using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Neighbors;
using EgressNet.Netlink.Routes;

namespace EgressNet.Transformations;

/// <summary>Makes a neighbor of a copy.</summary>
internal static class NeighborCopy
{
    public static bool Is(PropertyBag copy) => copy.Has(
        nameof(NetNeighbor.IPAddress), nameof(NetNeighbor.LinkLayerAddress), nameof(NetNeighbor.State),
        nameof(NetNeighbor.Proxy), nameof(NetNeighbor.Flags));

    public static NetNeighbor Read(PropertyBag copy)
    {
        if (copy.Text(nameof(NetNeighbor.Other)) is not null)
        {
            throw new FormatException("the neighbor has attributes that only Get-NetNeighbor's own object brings along.");
        }

        Neighbor neighbor = new()
        {
            Address = InetAddress.Parse(copy.Text(nameof(NetNeighbor.IPAddress)) ?? ""),
            InterfaceIndex = copy.Number<int>(nameof(NetNeighbor.InterfaceIndex)),
            LinkLayerAddress = copy.Text(nameof(NetNeighbor.LinkLayerAddress)) is { } text
                ? LinkLayerAddress.Parse(text)
                : default,
            State = copy.Name<NeighborState>(nameof(NetNeighbor.State)),
            Flags = copy.Name<NeighborFlags>(nameof(NetNeighbor.Flags)),
            Protocol = copy.Name<RouteProtocol>(nameof(NetNeighbor.Protocol)),
        };
        return new NetNeighbor(
            neighbor,
            copy.Text(nameof(NetNeighbor.InterfaceAlias)) ?? "",
            NamespaceOrigin.OfCopy(copy.Text(nameof(NetNeighbor.NetNamespace))));
    }
}
