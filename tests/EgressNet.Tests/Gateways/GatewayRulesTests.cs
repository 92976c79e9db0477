using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Nodes;
using EgressNet.Plans;
using EgressNet.Tests.Attachments;
using EgressNet.Tests.Fakes;
using EgressNet.Tests.Traffic;

namespace EgressNet.Tests.Gateways;

/// <summary>A gateway becomes a local address of the node. H stands for the site's uplink.</summary>
public sealed class GatewayRulesTests
{
    [Theory]
    [InlineData("192.0.2.2", "", "It is in 192.0.2.0/24, which is on interface H.")]
    [InlineData("192.0.2.77", "", "It is in 192.0.2.0/24, which is on interface H.")]
    [InlineData("192.0.2.1", "", "It is in 192.0.2.0/24, the prefix of interface H.")]
    [InlineData("192.0.2.255", "", "It is a broadcast address of the node.")]
    [InlineData("198.51.100.2", "", "The node routes it elsewhere: 198.51.100.2/32 via 192.0.2.2")]
    [InlineData("10.9.0.1", "ip route add 10.9.0.0/16 via 192.0.2.2", "The node routes it elsewhere: 10.9.0.0/16")]
    [InlineData("10.9.0.1", "ip route add 10.9.0.0/16 dev H", "It is in 10.9.0.0/16, which is on interface H.")]
    [InlineData("10.9.0.1", "ip route add default via 10.9.0.1 dev H onlink", "It is the next hop of the node's route 0.0.0.0/0")]
    [InlineData(
        "10.9.0.1",
        "ip route add 10.8.0.0/16 nexthop via 192.0.2.2 nexthop via 10.9.0.1 dev H onlink",
        "It is the next hop of the node's route 10.8.0.0/16")]
    [InlineData(
        "10.9.0.1",
        "ip route add default via 10.9.0.1 dev H onlink table 100",
        "It is the next hop of the node's route 0.0.0.0/0 via 10.9.0.1 dev H table 100.")]
    [InlineData(
        "fd09::1", "ip -6 route add fd08::/64 via fd09::1 dev H onlink table 100",
        "It is the next hop of the node's route fd08::/64 via fd09::1 dev H table 100")]
    [InlineData(
        "10.9.0.1",
        "ip nexthop add id 7 via 10.9.0.1 dev H onlink; ip nexthop add id 8 group 7; ip route add 10.8.0.0/16 nhid 8; "
            + "sysctl -qw net.ipv4.nexthop_compat_mode=0",
        "It is the gateway of the node's nexthop object 7.")]
    [InlineData(
        "fd09::1", "ip nexthop add id 7 via fd09::1 dev H onlink; ip -6 route add fd08::/64 nhid 7; "
            + "sysctl -qw net.ipv4.nexthop_compat_mode=0",
        "It is the gateway of the node's nexthop object 7.")]
    [InlineData("169.254.172.0", "", "It is the network or broadcast address of 169.254.172.0/22.")]
    [InlineData("169.254.175.255", "", "It is the network or broadcast address of 169.254.172.0/22.")]
    [InlineData("2001:db8:1::2", "", "It is in 2001:db8:1::/64, which is on interface H.")]
    [InlineData("2001:db8:2::2", "", "The node routes it elsewhere: 2001:db8:2::2/128")]
    [InlineData("fd09::1", "ip -6 route add default via fd09::1 dev H onlink", "It is the next hop of the node's route ::/0")]
    public void A_gateway_that_would_take_something_from_the_node_is_refused(string gateway, string before, string fault)
    {
        using Site site = new();
        site.Node.Exec("sh", "-c", before.Replace("H", Site.Uplink));
        Pod pod = site.Plan(5);
        string state = NodeState.Of(site.Node);
        AttachmentException thrown = Assert.Throws<AttachmentException>(() => Create(site, pod, gateway));
        Assert.Equal(AttachmentError.InvalidGateway, thrown.Reason);
        Assert.Contains($"Gateway '{gateway}' cannot be one on this node. {fault.Replace("H", Site.Uplink)}", thrown.Message);
        Assert.Equal(state, NodeState.Of(site.Node));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Another_container_s_address_is_refused_by_name_even_forced(bool isForced)
    {
        using Site site = new();
        Pod other = site.Attach(9), pod = site.Attach(5);
        string state = NodeState.Of(site.Node);
        AddressInUseException thrown = Assert.Throws<AddressInUseException>(
            () => Create(site, pod, "169.254.172.9", isForced: isForced, asNew: !isForced));
        Assert.Contains($"{other.Attachment.Id}", thrown.Message);
        Assert.Equal(InetAddress.Parse("169.254.172.9"), thrown.Address);
        Assert.Equal(state, NodeState.Of(site.Node));
    }

    [Fact]
    public void Another_container_s_address_is_refused_with_its_link_down()
    {
        using Site site = new();
        Pod other = site.Attach(9), pod = site.Plan(5);
        site.Node.Ip($"link set {other.Attachment.HostInterface} down");
        string state = NodeState.Of(site.Node);
        foreach (string gateway in (string[])["169.254.172.9", $"{other.Address(Numbers.Both[1])}"])
        {
            AddressInUseException thrown = Assert.Throws<AddressInUseException>(() => Create(site, pod, gateway));
            Assert.Equal(
                $"Gateway '{gateway}' cannot be one on this node. It is an address of {other.Attachment.Id}.", thrown.Message);
        }

        Assert.Equal(state, NodeState.Of(site.Node));
    }

    [Theory]
    [InlineData("169.254.172.1/32 dev H", "address")]
    [InlineData("169.254.172.1/32 dev H", "route")]
    [InlineData("169.254.172.5/32 dev H", "address")]
    [InlineData("169.254.172.5/32 dev H", "route")]
    public void What_goes_with_its_link_between_two_questions_is_no_fault(string what, string kind)
    {
        using Node node = new();
        node.Host.Ip("link add gone0 type veth peer name gone1");
        node.Host.Ip("link set gone0 up alias egressnet:pods/other/eg0");
        node.Host.Ip("link set gone1 up");
        node.Settle();
        node.Host.Ip($"{kind} add {what.Replace("H", "gone0")}");
        VanishingTransport? transport = null;
        NamespaceReference host = NamespaceReference.FromName(node.Host.Name);
        using EgressKernel kernel = new(
            host,
            ns => new NetlinkConnection(ns != host
                ? FaultyTransport.Open(ns)
                : transport ??= new VanishingTransport(FaultyTransport.Open(ns), () => node.Host.Ip("link del gone0"))));
        Attachment attachment = node.Attachment("c1", "169.254.172.5/22");
        new AttachmentCreation(kernel).Create(new EgressPlan(attachment));
        Assert.True(transport!.HasVanished);
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(attachment));
    }

    [Theory]
    [InlineData("169.254.172.1", "ip address add 169.254.172.1/32 dev lo")]
    [InlineData("10.9.0.1", "ip route add default via 192.0.2.2")]
    [InlineData("10.9.0.1", "ip route add blackhole 10.9.0.0/16")]
    [InlineData("fe80::1", "ip -6 route add default via fe80::1 dev H")]
    [InlineData("fd00::ac:0", "true")]
    public void A_gateway_that_takes_nothing_is_used(string gateway, string before)
    {
        using Site site = new();
        site.Node.Exec("sh", "-c", before.Replace("H", Site.Uplink));
        Create(site, site.Plan(5), gateway);
        Create(site, site.Plan(6), gateway);
    }

    private static void Create(Site site, Pod pod, string gateway, bool isForced = false, bool asNew = false)
    {
        InetAddress address = InetAddress.Parse(gateway);
        Attachment attachment = pod.Attachment;
        Attachment wanted = attachment with
        {
            Id = asNew ? attachment.Id with { ContainerId = "fresh", InterfaceName = "eg1" } : attachment.Id,
            Addresses = [.. attachment.Addresses.Where(each => each.Address.Family == address.Family)
                .Select(each => new AttachmentAddress(
                    asNew ? InetPrefix.Parse("169.254.172.77/22") : each.Address, address, each.Nat))],
            Routes = [],
        };
        new AttachmentCreation(site.Kernel).Create(new EgressPlan(wanted with
        {
            HostInterface = wanted.Id.HostInterface,
        }), isForced);
    }
}
