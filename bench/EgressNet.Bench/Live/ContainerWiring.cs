using EgressNet.Addresses;
using EgressNet.Changes;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.PointToPoint;
using EgressNet.Veths;

namespace EgressNet.Bench.Live;

/// <summary>Wires containers as New-EgressVeth, New-NetIPAddress and Set-PointToPointGateway do, one after another.
/// </summary>
internal static class ContainerWiring
{
    public static void Wire(ContainerPlan[] containers)
    {
        using Conversation host = new(() => NetlinkConnection.Open());
        foreach (ContainerPlan container in containers)
        {
            using Conversation inside = new(() => NetlinkConnection.Open(container.Namespace));
            VethPair pair = new VethFactory(host, inside).Create(new VethRequest
            {
                Namespace = container.Namespace,
                Name = ContainerPlan.Name,
                HostName = container.HostName,
            });
            new AddressAddition(inside).Add(new AddressRequest
            {
                Address = container.AddressOn(pair.Container.Index),
                InterfaceName = ContainerPlan.Name,
            });
            new PointToPointGateway(inside).Apply(new PointToPointPlan
            {
                Address = container.Address,
                InterfaceIndex = pair.Container.Index,
                Gateway = ContainerPlan.Gateway,
                DefaultRoute = true,
            });
        }
    }
}
