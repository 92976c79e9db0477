using System.Net;
using System.Net.Sockets;
using EgressNet.Netlink.Conntrack;
using EgressNet.Netlink.Links;
using EgressNet.Plans;

namespace EgressNet.Tests.Traffic;

/// <summary>The connections that the node tracks for a container end with it.</summary>
public sealed class ConnectionTests
{
    private const int Port = 21000;

    [Fact]
    public void No_connection_of_a_container_is_tracked_after_its_removal()
    {
        Live.RequireTool("conntrack");
        using Site site = new();
        Pod pod = site.Attach(5), other = site.Attach(6);
        foreach ((ProtocolType protocol, Numbers numbers) in Flow.Kinds)
        {
            Flow.Out(protocol, site, pod, numbers);
            Flow.Out(protocol, site, other, numbers);
            Flow.Run(
                protocol, pod.Namespace, new IPEndPoint(pod.Address(numbers), 0), site.Node, numbers.Gateway);
            Flow.Run(
                protocol,
                other.Namespace,
                new IPEndPoint(other.Address(numbers), 0),
                pod.Namespace,
                pod.Address(numbers));
        }

        Assert.All(Numbers.Both, numbers =>
        {
            Assert.NotEqual(0, CountOf(site, pod, numbers));
            Assert.NotEqual(0, CountOf(site, other, numbers));
        });
        site.Detach(pod);
        Assert.All(Numbers.Both, numbers =>
        {
            Assert.Equal(0, CountOf(site, pod, numbers));
            Assert.NotEqual(0, CountOf(site, other, numbers));
        });
    }

    [Fact]
    public void An_address_s_next_owner_has_its_own_NAT_for_the_same_flow()
    {
        using Site site = new();
        Pod earlier = site.Attach(5);
        Socket[] servers = [.. Numbers.Both.Select(numbers => site.Outside.BindUdp(numbers.Outside, Port))];
        AssertSeen(earlier, servers, numbers => numbers.Node);

        site.Detach(earlier);
        Pod next = site.Attach(5, numbers => Site.ToOtherNode(numbers));
        AssertSeen(next, servers, numbers => numbers.OtherNode);

        site.Detach(next);
        Pod last = site.Attach(5, nat: _ => null);
        site.RouteBack(last);
        AssertSeen(last, servers, last.Address);
        Array.ForEach(servers, server => server.Dispose());
    }

    [Fact]
    public void A_vanished_owner_s_successor_has_its_own_NAT()
    {
        using Site site = new();
        Pod earlier = site.Attach(5);
        Socket[] servers = [.. Numbers.Both.Select(numbers => site.Outside.BindUdp(numbers.Outside, Port))];
        AssertSeen(earlier, servers, numbers => numbers.Node);

        earlier.Namespace.Dispose();
        Eventually.True(() => site.Kernel.Host.Links.Find(earlier.Attachment.HostInterface) is null);
        Pod next = site.Attach(5, numbers => Site.ToOtherNode(numbers));
        AssertSeen(next, servers, numbers => numbers.OtherNode);
        Array.ForEach(servers, server => server.Dispose());
    }

    [Fact]
    public void A_flow_that_went_on_without_its_table_is_translated_again()
    {
        using Site site = new();
        Pod pod = site.Attach(5);
        site.Nft("add table inet other");
        site.Nft("add chain inet other f { type filter hook forward priority 0 ; }");
        site.Nft("add rule inet other f ct state invalid accept");
        Socket[] servers = [.. Numbers.Both.Select(numbers => site.Outside.BindUdp(numbers.Outside, Port))];
        IPEndPoint local = new(pod.Address(Numbers.IPv4), 0);
        Flow.Run(ProtocolType.Udp, pod.Namespace, local, site.Node, Numbers.IPv4.Gateway);
        site.Nft("delete table inet egressnet");
        AssertHeard(numbers => pod.Address(numbers));
        new AttachmentRepair(site.Kernel).Repair(new EgressPlan(pod.Attachment));
        Assert.Contains(
            site.Kernel.Netfilter.Conntrack.ListOf([pod.Address(Numbers.IPv4).ToInet()], 0), entry => entry.IsAnswered);
        AssertHeard(numbers => numbers.Node);
        Array.ForEach(servers, server => server.Dispose());

        void AssertHeard(Func<Numbers, IPAddress> from)
        {
            foreach ((Numbers numbers, Socket server) in Numbers.Both.Zip(servers))
            {
                using Socket client = pod.Namespace.BindUdp(pod.Address(numbers), Port);
                client.Ask(server.LocalEndPoint!);
                Assert.Equal(new IPEndPoint(from(numbers), Port), server.Hear());
            }
        }
    }

    private static void AssertSeen(Pod pod, Socket[] servers, Func<Numbers, IPAddress> expected)
    {
        foreach ((Numbers numbers, Socket server) in Numbers.Both.Zip(servers))
        {
            using Socket client = pod.Namespace.BindUdp(pod.Address(numbers), Port);
            Assert.Equal(new IPEndPoint(expected(numbers), Port), client.Exchange(server));
        }
    }

    /// <summary>How many tracked connections have a container's address on any side.</summary>
    private static int CountOf(Site site, Pod pod, Numbers numbers)
    {
        HashSet<string> words = [.. ((string[])["src", "dst"]).Select(side => $"{side}={pod.Address(numbers)}")];
        return site.Node.Exec("conntrack", "-L", "-f", numbers.IsIPv4 ? "ipv4" : "ipv6")
            .Split('\n')
            .Count(line => line.Split(' ').Any(words.Contains));
    }
}
