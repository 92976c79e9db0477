using EgressNet.Netlink.Transport;

namespace EgressNet.Errors;

/// <summary>The kind of object that a cmdlet handles, for its error ids.</summary>
internal sealed record Subject(string AlreadyExists, string NotFound)
{
    public static Subject Route { get; } = new(ErrorId.RouteAlreadyExists, ErrorId.RouteNotFound);

    public static Subject Address { get; } = new(ErrorId.AddressAlreadyExists, ErrorId.AddressNotFound);

    public static Subject Neighbor { get; } = new(ErrorId.NeighborAlreadyExists, ErrorId.NeighborNotFound);

    public static Subject RouteRule { get; } = new(ErrorId.RouteRuleAlreadyExists, ErrorId.RouteRuleNotFound);

    public static Subject Interface { get; } = new(ErrorId.InterfaceAlreadyExists, ErrorId.InterfaceNotFound);

    public static Subject Socket { get; } = new(ErrorId.KernelRefused, ErrorId.SocketNotFound);

    public static Subject NetNamespace { get; } = new(ErrorId.NetNamespaceAlreadyExists, ErrorId.NetNamespaceNotFound);

    public static Subject ContainerEgress { get; } =
        new(ErrorId.ContainerEgressAlreadyExists, ErrorId.ContainerEgressNotFound);

    public static Subject EgressNat { get; } = new(ErrorId.EgressNatAlreadyExists, ErrorId.EgressNatNotFound);

    /// <summary>The kind of object of a refused step of a composite operation.</summary>
    public Subject Of(NetlinkOperation operation) => operation.IsMany ? this : operation.Object switch
    {
        NetlinkObject.Route when this == Address || this == ContainerEgress => Route,
        NetlinkObject.Address when this == ContainerEgress => Address,
        NetlinkObject.Veth when this == ContainerEgress => Interface,
        _ => this,
    };
}
