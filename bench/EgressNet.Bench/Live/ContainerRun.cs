using System.Text;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Veths;

namespace EgressNet.Bench.Live;

/// <summary>1,000 veths into 1,000 namespaces made before, each with an address and three routes.</summary>
internal static class ContainerRun
{
    private const int Count = 1_000;
    private const int Rounds = 3;
    private const string HostFile = $"{PrivateNamespaces.Folder}/host";
    private const string IpScript = $"{PrivateNamespaces.Folder}/ip.sh";
    private const string NsenterScript = $"{PrivateNamespaces.Folder}/nsenter.sh";

    public static void Run()
    {
        Series ip = new("ip -batch, then ip -n NS -batch", Count);
        Series nsenter = new("ip -batch, then nsenter ip -batch", Count);
        Series own = new("veth, address, 3 routes, both ends up", Count, ip, nsenter);
        using NetlinkConnection host = NetlinkConnection.Open();
        for (int round = 0; round < Rounds; round++)
        {
            InFreshNamespaces(host, own, ContainerWiring.Wire);
            InFreshNamespaces(host, ip, _ => Peer.Time($"sh -e {IpScript}"));
            InFreshNamespaces(host, nsenter, _ => Peer.Time($"sh -e {NsenterScript}"));
        }

        Report.Print("Containers", own, ip, nsenter);
    }

    private static void InFreshNamespaces(
        NetlinkConnection host, Series series, Action<ContainerPlan[]> wire)
    {
        ContainerPlan[] containers = [.. Enumerable.Range(0, Count).Select(ContainerPlan.Create)];
        WriteScripts(containers);
        series.Measure(() => wire(containers));
        Check(host, containers);
        Array.ForEach(containers, container => NetNamespaces.Remove(container.Namespace.Name!));
        while (host.Links.List("veth").Any(link => link.PeerNamespaceId is not null))
        {
            Thread.Sleep(100);
        }
    }

    private static void Check(NetlinkConnection host, ContainerPlan[] containers)
    {
        if (host.Links.List("veth").Count(link => link is { IsUp: true, PeerNamespaceId: not null }) != Count)
        {
            throw new InvalidOperationException("Not all host ends are up.");
        }

        foreach (ContainerPlan container in (ReadOnlySpan<ContainerPlan>)[containers[0], containers[^1]])
        {
            using NetlinkConnection inside = NetlinkConnection.Open(container.Namespace);
            RouteFilter main = new() { Family = AddressFamily.IPv4, Table = ContainerPlan.Table };
            int routes = inside.Routes.List(main).Count();
            if (routes != 3 || !inside.Links.Get(ContainerPlan.Name).HasCarrier)
            {
                throw new InvalidOperationException($"{container.Namespace} has {routes} routes, or no carrier.");
            }
        }
    }

    private static void WriteScripts(ContainerPlan[] containers)
    {
        string counts = $"numtxqueues {VethRequest.QueueCount} numrxqueues {VethRequest.QueueCount} ";
        StringBuilder host = new();
        StringBuilder ip = new($"ip -batch {HostFile}\n");
        StringBuilder nsenter = new($"ip -batch {HostFile}\n");
        foreach (ContainerPlan container in containers)
        {
            string file = $"{PrivateNamespaces.Folder}/{container.Namespace}";
            File.WriteAllLines(file, container.IpCommands());
            string peer = $"peer {counts}name {ContainerPlan.Name} netns {container.Namespace}";
            host.AppendLine($"link add {container.HostName} up {counts}type veth {peer}");
            ip.AppendLine($"ip -n {container.Namespace} -batch {file}");
            nsenter.AppendLine($"nsenter --net={container.Namespace.Path} ip -batch {file}");
        }

        File.WriteAllText(HostFile, host.ToString());
        File.WriteAllText(IpScript, ip.ToString());
        File.WriteAllText(NsenterScript, nsenter.ToString());
    }
}
