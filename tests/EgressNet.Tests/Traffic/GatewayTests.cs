using System.Diagnostics;
using System.Net.Sockets;
using EgressNet.Attachments;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Transport;
using EgressNet.Plans;

namespace EgressNet.Tests.Traffic;

public sealed class GatewayTests
{
    // The kernel repeats an unanswered question for a neighbor after a second.
    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(900);

    [Fact]
    public void The_first_datagram_to_the_gateway_is_answered_at_once()
    {
        using Site site = new();
        Pod pod = site.Attach(5);

        Assert.All(Numbers.Both, numbers =>
        {
            using Socket server = site.Node.BindUdp(numbers.Gateway);
            using Socket client = pod.Namespace.BindUdp(pod.Address(numbers));
            Assert.Equal(pod.Address(numbers), client.Exchange(server).Address);
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Both_ends_carry_packets_as_soon_as_one_family_is_attached(bool isIPv4)
    {
        using Site site = new();

        // The kernel can be slow to tell of links that come up soon after another: one alone would show nothing.
        for (int number = 5; number < 8; number++)
        {
            Pod pod = site.Plan(number).OnlyWith(isIPv4 ? Numbers.IPv4 : Numbers.IPv6);
            site.Attach(pod);

            // To ask for one link by itself would bring its state up to date first.
            using NetlinkConnection container = NetlinkConnection.Open(
                pod.Attachment.Namespace!, cancellationToken: TestContext.Current.CancellationToken);
            Link[] ends = [.. site.Kernel.Host.Links.List("veth"), .. container.Links.List("veth")];
            Assert.All(ends, end => Assert.Equal(OperationalState.Up, end.OperationalState));
        }
    }

    [Fact]
    public void The_ends_differ_in_index_so_that_link_up_is_seen_at_once()
    {
        using Site site = new();
        Pod pod = site.Attach(5);

        Assert.NotEqual(site.Node.IndexOf(pod.Attachment.HostInterface), pod.Namespace.IndexOf("eg0"));
    }

    [Fact]
    public void The_gateway_reaches_a_new_container_first()
    {
        using Site site = new();
        Pod pod = site.Attach(5);

        Assert.All(Numbers.Both, numbers =>
        {
            using Socket server = pod.Namespace.BindUdp(pod.Address(numbers));
            using Socket client = site.Node.BindUdp(numbers.Gateway);
            Assert.Equal(numbers.Gateway, client.Exchange(server).Address);
        });
    }

    [Fact]
    public void Untranslated_containers_connect_with_the_first_datagram()
    {
        using Site site = new();
        Pod pod = site.Attach(5, nat: _ => null), sibling = site.Attach(6, nat: _ => null);

        Assert.All(Numbers.Both, numbers =>
        {
            using Socket server = sibling.Namespace.BindUdp(sibling.Address(numbers));
            using Socket client = pod.Namespace.BindUdp(pod.Address(numbers));
            Stopwatch watch = Stopwatch.StartNew();
            Assert.Equal(pod.Address(numbers), client.Exchange(server).Address);
            Assert.True(watch.Elapsed < s_retry, $"{numbers} took {watch.Elapsed}");
        });
    }

    [Fact]
    public void No_address_of_a_new_attachment_is_tentative()
    {
        using Site site = new();
        Pod pod = site.Attach(5);
        string host = site.Node.Ip($"-6 address show dev {pod.Attachment.HostInterface} tentative");
        string container = pod.Namespace.Ip("-6 address show dev eg0 tentative");

        Assert.Empty(host);
        Assert.Empty(container);
    }

    [Fact]
    public void A_link_local_gateway_serves_several_and_leaves_no_difference()
    {
        using Site site = new();
        foreach (int number in (int[])[5, 6])
        {
            Pod pod = WithGateway(site.Plan(number), Numbers.IPv6, "fe80::1");
            site.Attach(pod);
            Assert.Empty(new AttachmentInspection(site.Kernel).Inspect(pod.Attachment));
            List<string> repaired = [];
            new AttachmentRepair(site.Kernel, repaired.Add).Repair(new EgressPlan(pod.Attachment));
            Assert.Empty(repaired);
            Assert.Equal(Numbers.IPv6.Node, Flow.Out(ProtocolType.Udp, site, pod, Numbers.IPv6));
            site.Detach(pod);
        }
    }

    private static Pod WithGateway(Pod pod, Numbers numbers, string gateway)
    {
        InetAddress address = InetAddress.Parse(gateway);
        Attachment attachment = pod.Attachment;
        return pod with
        {
            Attachment = attachment with
            {
                Addresses = [.. attachment.Addresses.Select(each =>
                    each.Gateway == numbers.Gateway.ToInet() ? each with { Gateway = address } : each)],
                Routes = [.. attachment.Routes.Select(each =>
                    each.Gateway == numbers.Gateway.ToInet() ? each with { Gateway = address } : each)],
            },
        };
    }
}
