using System.Net;
using System.Net.Sockets;

namespace EgressNet.Tests.Traffic;

/// <summary>Nothing leaves the node with the address of a container that is translated, whatever the kernel takes it for.
/// </summary>
public sealed class UntranslatedTests
{
    [Fact]
    public void A_packet_without_connection_does_not_leak_the_address()
    {
        using Site site = new();
        Pod pod = site.Attach(5), other = site.Attach(6, numbers => Site.ToOtherNode(numbers));
        Assert.All(Numbers.Both, numbers =>
        {
            Assert.Equal([], Seen(site, pod, numbers, numbers.Outside));
            Assert.Equal([], Seen(site, other, numbers, numbers.Outside));
        });

        // What shows that they would have been seen.
        site.Nft("flush chain inet egressnet leaving");
        Assert.All(Numbers.Both, numbers =>
            Assert.Equal(
                Packet.Invalid(numbers, numbers.Outside, numbers.Outside).Select(each => each.Name),
                Seen(site, pod, numbers, numbers.Outside)));
    }

    [Fact]
    public void A_packet_without_connection_passes_where_no_NAT_is_meant()
    {
        using Site site = new();
        Pod plain = site.Attach(5, nat: _ => null);
        Pod excluding = site.Attach(
            6, excluded: [.. Numbers.Both.Select(each => each.Outside.ToPrefix(each.LinkLength).Network)]);
        site.RouteBack(plain);
        site.RouteBack(excluding);
        Assert.All(Numbers.Both, numbers =>
        {
            string[] all = [.. Packet.Invalid(numbers, numbers.Outside, numbers.Outside).Select(each => each.Name)];
            Assert.Equal(all, Seen(site, plain, numbers, numbers.Outside));
            Assert.Equal(all, Seen(site, excluding, numbers, numbers.Outside));
            Assert.Equal([], Seen(site, excluding, numbers, numbers.FarOutside));
        });
    }

    [Fact]
    public void A_connection_older_than_its_translation_does_not_leak()
    {
        Live.RequireTool("nft");
        using Site site = new();
        Pod pod = site.Attach(5, nat: _ => null);
        site.RouteBack(pod);
        Assert.All(Numbers.Both, numbers =>
        {
            using Socket server = site.Outside.BindUdp(numbers.Outside);
            using Socket client = pod.Namespace.BindUdp(pod.Address(numbers));
            Assert.Equal(pod.Address(numbers), client.Exchange(server).Address);
            string suffix = numbers.IsIPv4 ? "4" : "6";
            site.Nft($"add element inet egressnet masquerade{suffix} {{ {pod.Address(numbers)} }}");
            site.Nft($"add element inet egressnet hidden{suffix} {{ {pod.Address(numbers)} }}");
            client.Ask(server.LocalEndPoint!);
            using Socket fresh = pod.Namespace.BindUdp(pod.Address(numbers));
            Assert.Equal(numbers.Node, fresh.Exchange(server).Address);
            Assert.Equal(0, server.Available);
        });
    }

    [Fact]
    public void Fragments_leave_with_the_address_of_the_node()
    {
        using Site site = new();
        Pod pod = site.Attach(5);
        Assert.All(Numbers.Both, numbers =>
        {
            using Socket server = site.Outside.BindUdp(numbers.Outside);
            using Socket client = pod.Namespace.BindUdp(pod.Address(numbers));
            client.SendTo(new byte[5000], server.LocalEndPoint!);
            byte[] buffer = new byte[8000];
            EndPoint from = new IPEndPoint(numbers.Node, 0);
            Assert.Equal(5000, server.ReceiveFrom(buffer, ref from));
            Assert.Equal(numbers.Node, ((IPEndPoint)from).Address);
        });
    }

    [Fact]
    public void A_container_s_ICMP_refusal_leaves_with_the_node_s_address()
    {
        using Site site = new();
        Pod pod = site.Attach(5);
        using Socket server = site.Outside.BindUdp(Numbers.IPv4.Outside);
        using Socket icmp = site.Outside.Open(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Icmp);
        icmp.Bind(new IPEndPoint(Numbers.IPv4.Outside, 0));
        IPEndPoint from;
        using (Socket client = pod.Namespace.BindUdp(pod.Address(Numbers.IPv4)))
        {
            client.Ask(server.LocalEndPoint!);
            from = server.Hear();
        }

        server.SendTo([1], from);
        byte[] buffer = new byte[256];
        EndPoint refuser = new IPEndPoint(IPAddress.Any, 0);
        icmp.ReceiveFrom(buffer, ref refuser);
        Assert.Equal(Numbers.IPv4.Node, ((IPEndPoint)refuser).Address);
    }

    [Fact]
    public void A_container_reaches_another_with_its_own_address()
    {
        using Site site = new();
        Pod first = site.Attach(5), second = site.Attach(6, numbers => Site.ToOtherNode(numbers));
        Assert.All(Flow.Kinds, kind =>
        {
            foreach ((Pod from, Pod to) in ((Pod, Pod)[])[(first, second), (second, first)])
            {
                IPEndPoint seen = Flow.Run(
                    kind.Protocol,
                    from.Namespace,
                    new IPEndPoint(from.Address(kind.Numbers), 0),
                    to.Namespace,
                    to.Address(kind.Numbers));
                Assert.Equal(from.Address(kind.Numbers), seen.Address);
            }
        });
    }

    [Fact]
    public void A_container_reaches_itself_by_a_published_port()
    {
        using Site site = new();
        Pod pod = site.Attach(5);
        site.Nft("add table ip publish");
        site.Nft("add chain ip publish prerouting { type nat hook prerouting priority dstnat ; }");
        site.Nft(
            $"add rule ip publish prerouting ip daddr {Numbers.IPv4.Node} udp dport 8080 dnat to "
            + $"{pod.Address(Numbers.IPv4)}:80");
        using Socket server = pod.Namespace.BindUdp(pod.Address(Numbers.IPv4), 80);
        using Socket client = pod.Namespace.BindUdp(pod.Address(Numbers.IPv4));
        client.Ask(new IPEndPoint(Numbers.IPv4.Node, 8080));
        Assert.NotEqual(pod.Address(Numbers.IPv4), server.Hear().Address);
    }

    /// <summary>Which packets of no connection the outside sees with a container's own address.</summary>
    private static List<string> Seen(Site site, Pod pod, Numbers numbers, IPAddress destination)
    {
        List<string> seen = [];
        foreach ((string name, ProtocolType protocol, byte[] bytes) in
            Packet.Invalid(numbers, pod.Address(numbers), destination))
        {
            using Socket ears = site.Outside.Open(destination.AddressFamily, SocketType.Raw, protocol);
            ears.Bind(new IPEndPoint(destination, 0));
            using Socket sender = pod.Namespace.Open(destination.AddressFamily, SocketType.Raw, protocol);
            sender.Bind(new IPEndPoint(pod.Address(numbers), 0));
            sender.SendTo(bytes, new IPEndPoint(destination, 0));

            // What is sent first through one interface arrives first.
            using Socket client = pod.Namespace.BindUdp(pod.Address(numbers));
            using Socket server = site.Outside.BindUdp(destination);
            client.Exchange(server);
            if (Sources(ears).Contains(pod.Address(numbers)))
            {
                seen.Add(name);
            }
        }

        return seen;
    }

    private static IEnumerable<IPAddress> Sources(Socket ears)
    {
        byte[] buffer = new byte[2048];
        while (ears.Available > 0)
        {
            EndPoint from = new IPEndPoint(
                ears.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
            ears.ReceiveFrom(buffer, ref from);
            yield return ((IPEndPoint)from).Address;
        }
    }
}
