using System.Net;
using System.Net.Sockets;
using EgressNet.Nat;

namespace EgressNet.Tests.Traffic;

/// <summary>The cloud's metadata at 169.254.169.254: on the outside, on the node, and behind a destination NAT of
/// somebody else's. A container kept from it does not reach it, and one beside it does.</summary>
public sealed class MetadataTests
{
    private const int Port = 80;
    private static readonly IPAddress s_metadata = IPAddress.Parse("169.254.169.254");

    [Theory]
    [InlineData(EgressIsolation.Metadata)]
    [InlineData(EgressIsolation.Metadata | EgressIsolation.Containers)]
    public void Metadata_on_the_outside_is_out_of_reach(EgressIsolation isolation)
    {
        using Site site = new();
        site.Outside.Ip($"address add {s_metadata}/32 dev lo");
        site.Node.Ip($"route add {s_metadata} via {Numbers.IPv4.Outside}");
        using Socket server = site.Outside.BindUdp(s_metadata, Port);

        AssertOutOfReach(site, isolation, server);
    }

    [Fact]
    public void Metadata_on_the_node_itself_is_out_of_reach()
    {
        using Site site = new();
        site.Node.Ip($"address add {s_metadata}/32 dev lo");
        using Socket server = site.Node.BindUdp(s_metadata, Port);

        AssertOutOfReach(site, EgressIsolation.Metadata, server);
    }

    [Fact]
    public void Metadata_behind_a_foreign_destination_nat_is_out_of_reach()
    {
        using Site site = new();
        site.Nft("add table ip proxy");
        site.Nft("add chain ip proxy prerouting { type nat hook prerouting priority dstnat ; }");
        site.Nft(
            $"add rule ip proxy prerouting ip daddr {s_metadata} udp dport 80 dnat to {Numbers.IPv4.Outside}:8080");
        using Socket server = site.Outside.BindUdp(Numbers.IPv4.Outside, 8080);

        AssertOutOfReach(site, EgressIsolation.Metadata, server);
    }

    [Fact]
    public void A_forged_source_does_not_reach_metadata()
    {
        using Site site = new();
        site.Node.Ip($"address add {s_metadata}/32 dev lo");
        Pod pod = site.Attach(5, isolation: EgressIsolation.Metadata), other = site.Attach(6);
        pod.Namespace.Ip($"address add {other.Address(Numbers.IPv4)}/32 dev eg0");
        using Socket server = site.Node.BindUdp(s_metadata, Port);

        Ask(site, pod, other.Address(Numbers.IPv4));
        Assert.Equal(0, server.Available);
    }

    private static void AssertOutOfReach(Site site, EgressIsolation isolation, Socket server)
    {
        Pod pod = site.Attach(5, isolation: isolation), other = site.Attach(6);
        Ask(site, pod, pod.Address(Numbers.IPv4));
        Assert.Equal(0, server.Available);

        Ask(site, other, other.Address(Numbers.IPv4));
        server.Hear();
    }

    // What is sent first through one interface arrives first: once the others have theirs, it has met its fate.
    private static void Ask(Site site, Pod pod, IPAddress source)
    {
        using Socket asking = pod.Namespace.BindUdp(source);
        using Socket client = pod.Namespace.BindUdp(pod.Address(Numbers.IPv4));
        using Socket outside = site.Outside.BindUdp(Numbers.IPv4.Outside);
        using Socket gateway = site.Node.BindUdp(Numbers.IPv4.Gateway);
        client.Exchange(outside);
        asking.Ask(new IPEndPoint(s_metadata, Port));
        client.Exchange(outside);
        client.Exchange(gateway);
    }
}
