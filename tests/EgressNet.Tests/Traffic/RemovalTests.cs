using System.Net.Sockets;
using EgressNet.Nat;
using EgressNet.Netlink.Conntrack;
using EgressNet.Netlink.Inet;
using EgressNet.Operations;

namespace EgressNet.Tests.Traffic;

public sealed class RemovalTests
{
    [Fact]
    public void Removal_leaves_nothing_on_the_node_even_after_traffic()
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
    public void A_container_s_connections_go_with_it_whatever_its_table_is(string change)
    {
        using Site site = new();
        Pod pod = site.Attach(5);
        Flow.Out(ProtocolType.Udp, site, pod, Numbers.IPv4);
        InetAddress address = pod.Address(Numbers.IPv4).ToInet();
        Assert.NotEmpty(site.Kernel.Netfilter.Conntrack.ListOf([address], 0));
        site.Node.Exec("nft", change);
        Assert.Null(Assert.Single(new AttachmentRemoval(site.Kernel).Remove([pod.Attachment])).Fault);
        Assert.Empty(site.Kernel.Netfilter.Conntrack.ListOf([address], 0));
    }

    [Fact]
    public void Removing_one_container_leaves_another_s_traffic_alone()
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
