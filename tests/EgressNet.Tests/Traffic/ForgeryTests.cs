using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using EgressNet.Nat;

namespace EgressNet.Tests.Traffic;

/// <summary>What an isolated container sends with a source that is none of its own.</summary>
public sealed class ForgeryTests
{
    private const int Forged = 77;

    [Fact]
    public void A_forged_source_reaches_no_outside_host_node_or_container()
    {
        using Site site = new();
        Pod pod = site.Attach(5, isolation: EgressIsolation.Containers), other = site.Attach(6);

        Assert.All(Numbers.Both, numbers =>
        {
            IPAddress[] sources =
            [
                numbers.Pod(Forged), other.Address(numbers), numbers.Node, numbers.OtherNode, numbers.Outside,
                numbers.FarOutside,
            ];
            foreach (IPAddress source in sources)
            {
                AssertUnheard(site, pod, numbers, source, site.Outside, numbers.Outside);
                AssertUnheard(site, pod, numbers, source, site.Node, numbers.Gateway);
                AssertUnheard(site, pod, numbers, source, site.Node, numbers.Node);
                AssertUnheard(site, pod, numbers, source, other.Namespace, other.Address(numbers));
            }
        });
    }

    [Fact]
    public void Without_isolation_a_foreign_source_is_routed_as_usual()
    {
        using Site site = new();
        Pod pod = site.Attach(5);
        Assert.All(Numbers.Both, numbers =>
        {
            using Socket forger = Forge(pod, numbers, numbers.Pod(Forged));
            using Socket server = site.Outside.BindUdp(numbers.Outside);
            site.Outside.Ip($"{numbers.IpFlag} route add {numbers.Pod(Forged)} via {numbers.Node}");
            forger.Ask(server.LocalEndPoint!);
            Assert.Equal(numbers.Pod(Forged), server.Hear().Address);
        });
    }

    [Fact]
    public void An_isolated_container_resolves_flushed_gateways_again()
    {
        using Site site = new();
        Pod pod = site.Attach(5, isolation: EgressIsolation.Containers);
        Assert.All(Flow.Kinds, kind =>
        {
            pod.Namespace.Ip("neigh flush all");
            site.Node.Ip("neigh flush all");
            Assert.Equal(kind.Numbers.Node, Flow.Out(kind.Protocol, site, pod, kind.Numbers));
        });
    }

    [Fact]
    public void An_isolated_container_and_the_node_connect_by_link_local()
    {
        using Site site = new();
        Pod pod = site.Attach(5, isolation: EgressIsolation.Containers);
        string host = pod.Attachment.HostInterface;
        IPAddress gateway = LinkLocal(site.Node, host);
        gateway.ScopeId = site.Node.IndexOf(host);
        using Socket server = site.Node.BindUdp(gateway);
        IPAddress own = LinkLocal(pod.Namespace, "eg0");
        own.ScopeId = pod.Namespace.IndexOf("eg0");
        using Socket client = pod.Namespace.BindUdp(own);
        IPEndPoint there = new(new IPAddress(gateway.GetAddressBytes(), own.ScopeId), ((IPEndPoint)server.LocalEndPoint!).Port);

        client.Ask(there);
        Assert.Equal(own.GetAddressBytes(), server.Hear().Address.GetAddressBytes());
    }

    private static IPAddress LinkLocal(LiveNamespace ns, string name) => IPAddress.Parse(
        ns.IpJson($"-6 address show dev {name} scope link").EnumerateArray()
            .SelectMany(link => link.TryGetProperty("addr_info", out JsonElement found) ? found.EnumerateArray() : default)
            .First(address => address.TryGetProperty("local", out _)).GetProperty("local").GetString()!);

    private static Socket Forge(Pod pod, Numbers numbers, IPAddress source)
    {
        string noDad = numbers.IsIPv4 ? "" : "nodad preferred_lft 0";
        pod.Namespace.Ip($"address replace {source}/{numbers.HostLength} dev eg0 {noDad}");
        return pod.Namespace.BindUdp(source);
    }

    // What is sent first through one interface arrives first: once the other has come, the forged one met its fate.
    private static void AssertUnheard(
        Site site, Pod pod, Numbers numbers, IPAddress source, LiveNamespace to, IPAddress destination)
    {
        using Socket server = to.BindUdp(destination);
        using (Socket forger = Forge(pod, numbers, source))
        {
            forger.Ask(server.LocalEndPoint!);
        }

        pod.Namespace.Ip($"address del {source}/{numbers.HostLength} dev eg0");
        using Socket client = pod.Namespace.BindUdp(pod.Address(numbers));
        using Socket outside = site.Outside.BindUdp(numbers.Outside);
        using Socket gateway = site.Node.BindUdp(numbers.Gateway);
        client.Exchange(outside);
        client.Exchange(gateway);
        Assert.True(server.Available == 0, $"{source} was heard at {destination}");
    }
}
