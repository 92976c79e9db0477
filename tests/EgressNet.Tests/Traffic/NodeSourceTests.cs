using System.Net;
using System.Net.Sockets;

namespace EgressNet.Tests.Traffic;

/// <summary>Which address the node itself sends from beside containers.</summary>
public sealed class NodeSourceTests
{
    [Fact]
    public void The_node_s_own_connections_do_not_use_a_gateway_address()
    {
        using Site site = new();
        Pod pod = site.Attach(5);

        // The address of the way out has served its time; that of the gateway would be as near.
        site.Node.Ip($"address change {Numbers.IPv6.Node}/64 dev {Site.Uplink} nodad preferred_lft 0");
        site.Node.Ip("address add 2001:db8:9::1/128 dev lo");
        Assert.DoesNotContain(
            $"src {Numbers.IPv6.Gateway}", site.Node.Ip($"-6 route get {Numbers.IPv6.FarOutside}"));
        using Socket client = site.Node.Open(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
        client.Connect(new IPEndPoint(Numbers.IPv6.FarOutside, 9));
        Assert.NotEqual(Numbers.IPv6.Gateway, ((IPEndPoint)client.LocalEndPoint!).Address);
        client.Dispose();

        // And yet a container finds and reaches it.
        pod.Namespace.Ip("neigh flush all");
        using Socket server = site.Node.BindUdp(Numbers.IPv6.Gateway);
        using Socket inside = pod.Namespace.BindUdp(pod.Address(Numbers.IPv6));
        Assert.Equal(pod.Address(Numbers.IPv6), inside.Exchange(server).Address);
        Assert.Contains(
            $"{Numbers.IPv6.Gateway}", pod.Namespace.Ip("-6 neigh show dev eg0"));
    }

    [Fact]
    public void A_gateway_address_is_not_preferred_as_source_to_the_outside()
    {
        using Site site = new();
        site.Node.Ip($"address del {Numbers.IPv6.OtherNode}/64 dev {Site.Uplink}");
        site.Node.Ip($"address del {Numbers.IPv6.Node}/64 dev {Site.Uplink}");
        site.Node.Ip("address add 2001:db8:9::1/128 dev lo nodad");
        site.Node.Ip($"-6 route add 2001:db8:1::/64 dev {Site.Uplink}");
        site.Attach(5);
        Assert.Contains("src 2001:db8:9::1", site.Node.Ip($"-6 route get {Numbers.IPv6.Outside}"));
    }
}
