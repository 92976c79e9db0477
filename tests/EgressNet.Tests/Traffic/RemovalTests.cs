using System.Net.Sockets;
using EgressNet.Nat;
using EgressNet.Netlink.Conntrack;
using EgressNet.Netlink.Inet;
using EgressNet.Operations;

namespace EgressNet.Tests.Traffic;

public sealed class RemovalTests
{
    [Fact]
    public void Nothing_is_left_on_the_node_after_containers_that_had_traffic_are_removed()
    {
        using Site site = new();
        site.Node.Set("ipv4.ip_forward=1", "ipv6.conf.all.forwarding=1");
        string before = NodeState.Of(site.Node);
        Pod first = site.Attach(5, isolation: EgressIsolation.Containers | EgressIsolation.Metadata);
        Pod second = site.Attach(
            6,
            numbers => Site.ToOtherNode(numbers, PortRandomization.FullyRandom),
            excluded: [.. Numbers.Both.Select(each => each.FarOutside.ToPrefix(each.HostLength))]);
        foreach ((ProtocolType protocol, Numbers numbers) in Flow.Kinds)
        {
            Flow.Out(protocol, site, first, numbers);
            Flow.Out(protocol, site, second, numbers);
        }

        site.Detach(first);
        site.Detach(second);
        Assert.Equal(before, NodeState.Of(site.Node));
    }

    [Theory]
    [InlineData("flush ruleset")]
    [InlineData("delete table inet egressnet; add table inet egressnet")]
    public void Its_connections_go_with_a_container_whatever_became_of_the_table(string change)
    {
        using Site site = new();
        Pod pod = site.Attach(5);
        Flow.Out(ProtocolType.Udp, site, pod, Numbers.IPv4);
        InetAddress address = pod.Address(Numbers.IPv4).ToInet();
        Assert.NotEmpty(site.Kernel.Netfilter.Conntrack.ListOf(address));
        site.Node.Exec("nft", change);
        Assert.Null(Assert.Single(new AttachmentRemoval(site.Kernel).Remove([pod.Attachment])).Fault);
        Assert.Empty(site.Kernel.Netfilter.Conntrack.ListOf(address));
    }

    [Fact]
    public void The_removal_of_one_container_leaves_the_traffic_of_another_alone()
    {
        using Site site = new();
        Pod first = site.Attach(5), second = site.Attach(6);
        using Socket server = site.Outside.BindUdp(Numbers.IPv4.Outside);
        using Socket client = second.Namespace.BindUdp(second.Address(Numbers.IPv4));
        Assert.Equal(Numbers.IPv4.Node, client.Exchange(server).Address);

        site.Detach(first);
        Assert.Equal(Numbers.IPv4.Node, client.Exchange(server).Address);
        Assert.All(Flow.Kinds, kind =>
            Assert.Equal(kind.Numbers.Node, Flow.Out(kind.Protocol, site, second, kind.Numbers)));
    }
}
