using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;

namespace EgressNet.Bench.Live;

/// <summary>Wires containers a window at a time: all veths, the inside of each, and the host ends up last, so that no
/// carrier comes while the insides are written.</summary>
internal sealed class ContainerWiring(NetlinkConnection host, uint? queues)
{
    private const int Window = 128;

    public void Wire(ContainerPlan[] containers)
    {
        using NetlinkConnector connector = new();
        foreach (ContainerPlan[] window in containers.Chunk(Window))
        {
            NetNamespaceHandle[] namespaces = [.. window.Select(container => container.Namespace.Open())];
            Link[] hostEnds = CreateVeths(window, namespaces);
            IReadOnlyList<NetlinkConnection> insides = connector.Open(namespaces);
            for (int i = 0; i < window.Length; i++)
            {
                using NetNamespaceHandle ns = namespaces[i];
                using NetlinkConnection inside = insides[i];
                WireInside(inside, window[i], hostEnds[i].PeerIndex);
            }

            BringUp(hostEnds);
        }
    }

    private Link[] CreateVeths(ContainerPlan[] containers, NetNamespaceHandle[] namespaces)
    {
        Link[] hostEnds = new Link[containers.Length];
        using NetlinkBatch batch = host.CreateLinkBatch((i, link) => hostEnds[i] = link);
        for (int i = 0; i < containers.Length; i++)
        {
            batch.CreateVeth(
                new VethEnd { Name = containers[i].HostName, QueueCount = queues },
                new VethEnd { Name = ContainerPlan.Name, Namespace = namespaces[i], QueueCount = queues });
        }

        Complete(batch);
        return hostEnds;
    }

    private static void WireInside(NetlinkConnection inside, ContainerPlan container, int index)
    {
        using NetlinkBatch batch = inside.CreateBatch();
        batch.Set(index, new LinkChange { Up = true });
        batch.Add(container.AddressOn(index));
        foreach (Route route in container.RoutesOver(index))
        {
            batch.Write(route);
        }

        Complete(batch);
    }

    private void BringUp(Link[] links)
    {
        using NetlinkBatch batch = host.CreateBatch();
        foreach (Link link in links)
        {
            batch.Set(link.Index, new LinkChange { Up = true });
        }

        Complete(batch);
    }

    private static void Complete(NetlinkBatch batch)
    {
        if (batch.Complete() is [var first, ..])
        {
            throw first.Error;
        }
    }
}
