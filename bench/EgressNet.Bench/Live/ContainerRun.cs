using System.Text;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;

namespace EgressNet.Bench.Live;

/// <summary>1,000 veths into 1,000 namespaces that were made before, each with address and routes, both ends up.</summary>
internal static class ContainerRun
{
    private const int Count = 1_000;
    private const int Rounds = 3;
    private const string HostFile = $"{PrivateNamespaces.Folder}/host";
    private const string IpScript = $"{PrivateNamespaces.Folder}/ip.sh";
    private const string NsenterScript = $"{PrivateNamespaces.Folder}/nsenter.sh";

    public static void Run()
    {
        ContainerPlan[] containers = [.. Enumerable.Range(0, Count).Select(ContainerPlan.Create)];
        WriteScripts(containers);
        Series nsenter = new("ip -batch, then nsenter ip -batch for each", Count);
        Series ip = new("ip -batch, then ip -n NS -batch for each", Count);
        Series own = new("veth, address, 3 routes, both ends up", Count, ip.Name);
        Series ownToo = new("the same", Count, nsenter.Name);
        using NetlinkConnection host = NetlinkConnection.Open();
        Wire(host, containers[0]);
        RemoveAll(host);
        for (int round = 0; round < Rounds; round++)
        {
            own.Measure(() => Array.ForEach(containers, container => Wire(host, container)));
            Check(containers);
            RemoveAll(host);
            ip.Measure(() => Peer.Time($"sh -e {IpScript}"));
            Check(containers);
            RemoveAll(host);
            nsenter.Measure(() => Peer.Time($"sh -e {NsenterScript}"));
            Check(containers);
            RemoveAll(host);
        }

        ownToo.Add(own.Median);
        Report.Print("containers", [own, ip, ownToo, nsenter]);
    }

    private static void Wire(NetlinkConnection host, ContainerPlan container)
    {
        using NetNamespaceHandle ns = container.Namespace.Open();
        VethEnd near = new() { Name = container.HostName };
        VethEnd far = new() { Name = ContainerPlan.Name, Namespace = ns };
        int index = host.Links.CreateVeth(near, far, up: true)!.PeerIndex;
        using NetlinkConnection inside = NetlinkConnection.Open(ns);
        using NetlinkBatch batch = inside.CreateBatch();
        batch.Set(index, new LinkChange { Up = true });
        batch.Add(container.AddressOn(index));
        foreach (Route route in container.RoutesOver(index))
        {
            batch.Write(route);
        }

        if (batch.Complete() is [var first, ..])
        {
            throw first.Error;
        }
    }

    private static void Check(ContainerPlan[] containers)
    {
        foreach (ContainerPlan container in (ReadOnlySpan<ContainerPlan>)[containers[0], containers[^1]])
        {
            using NetlinkConnection inside = NetlinkConnection.Open(container.Namespace);
            RouteFilter main = new() { Table = Netlink.Routes.RouteTable.Main, Family = Netlink.Inet.AddressFamily.IPv4 };
            int routes = inside.Routes.List(main).Count();
            if (routes != 3 || !inside.Links.Get(ContainerPlan.Name).HasCarrier)
            {
                throw new InvalidOperationException($"{container.Namespace} has {routes} routes, or no carrier.");
            }
        }
    }

    private static void RemoveAll(NetlinkConnection host)
    {
        foreach (Link veth in host.Links.List("veth").Where(link => link.PeerNamespaceId is not null))
        {
            host.Links.Delete(veth.Index);
        }
    }

    private static void WriteScripts(ContainerPlan[] containers)
    {
        StringBuilder host = new();
        StringBuilder ip = new($"ip -batch {HostFile}\n");
        StringBuilder nsenter = new($"ip -batch {HostFile}\n");
        foreach (ContainerPlan container in containers)
        {
            string file = $"{PrivateNamespaces.Folder}/{container.Namespace}";
            File.WriteAllLines(file, container.IpCommands());
            string peer = $"peer name {ContainerPlan.Name} netns {container.Namespace}";
            host.AppendLine($"link add {container.HostName} up type veth {peer}");
            ip.AppendLine($"ip -n {container.Namespace} -batch {file}");
            nsenter.AppendLine($"nsenter --net={container.Namespace.Path} ip -batch {file}");
        }

        File.WriteAllText(HostFile, host.ToString());
        File.WriteAllText(IpScript, ip.ToString());
        File.WriteAllText(NsenterScript, nsenter.ToString());
    }
}
