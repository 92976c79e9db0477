using System.Net;
using System.Net.Sockets;
using EgressNet.Nat;

namespace EgressNet.Tests.Traffic;

public sealed class PortTests
{
    private const int FirstPort = 20000;
    private const int Connections = 20;

    [Theory]
    [InlineData(PortRandomization.None, true)]
    [InlineData(PortRandomization.Random, false)]
    [InlineData(PortRandomization.FullyRandom, false)]
    public void The_source_port_is_kept_unless_it_is_to_be_random(PortRandomization ports, bool isKept)
    {
        using Site site = new();
        Pod masqueraded = site.Attach(5, _ => new SourceNat(Ports: ports));
        Pod chosen = site.Attach(6, numbers => Site.ToOtherNode(numbers, ports));

        Assert.All(Flow.Kinds, kind =>
        {
            Assert.Equal(isKept, AreKept(site, masqueraded, kind.Numbers.Node, kind.Protocol, kind.Numbers));
            Assert.Equal(isKept, AreKept(site, chosen, kind.Numbers.OtherNode, kind.Protocol, kind.Numbers));
        });
    }

    [Fact]
    public void Two_containers_with_one_node_address_and_port_are_told_apart()
    {
        using Site site = new();
        Pod first = site.Attach(5), second = site.Attach(6);

        Assert.All(Numbers.Both, numbers =>
        {
            using Socket server = site.Outside.BindUdp(numbers.Outside);
            using Socket one = first.Namespace.BindUdp(first.Address(numbers), FirstPort);
            using Socket other = second.Namespace.BindUdp(second.Address(numbers), FirstPort);
            IPEndPoint fromOne = one.Exchange(server), fromOther = other.Exchange(server);
            Assert.Equal(numbers.Node, fromOne.Address);
            Assert.Equal(numbers.Node, fromOther.Address);
            Assert.Equal(FirstPort, fromOne.Port);
            Assert.NotEqual(FirstPort, fromOther.Port);
        });
    }

    // By chance a random port may be the same, but not twenty times.
    private static bool AreKept(Site site, Pod pod, IPAddress expected, ProtocolType protocol, Numbers numbers)
    {
        int kept = 0;
        for (int port = FirstPort; port < FirstPort + Connections; port++)
        {
            IPEndPoint seen = Flow.Run(
                protocol,
                pod.Namespace,
                new IPEndPoint(pod.Address(numbers), port),
                site.Outside,
                numbers.Outside);
            Assert.Equal(expected, seen.Address);
            kept += seen.Port == port ? 1 : 0;
        }

        return kept == Connections;
    }
}
