using System.Diagnostics;
using System.Text.Json;
using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Nodes;
using EgressNet.Plans;
using EgressNet.Tests.Fakes;
using EgressNet.Veths;

namespace EgressNet.Tests.Attachments;

/// <summary>What the CNI plugins egress-cni and ptp do wrong.</summary>
public sealed class EgressBugsTests
{
    [Fact]
    public void The_interface_goes_before_its_address_is_free()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        node.Reported.Clear();
        Assert.True(node.Remove(attachment));
        Assert.Equal($"delete link {attachment.HostInterface}", node.Reported[0]);
        Assert.StartsWith("delete NAT of", node.Reported[1]);
    }

    [Fact]
    public void A_duplicate_leaves_the_address_of_the_running_one_translated()
    {
        using Node node = new();
        Attachment live = node.FullAttachment();
        node.Create(live);
        string before = node.Nft("list ruleset");
        Assert.Throws<AttachmentException>(() => node.Create(live));
        Assert.Equal(before, node.Nft("list ruleset"));
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(live));
    }

    [Fact]
    public void After_a_failed_creation_the_next_one_succeeds()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        Fault fault = new() { At = 5 };
        using (EgressKernel kernel = new(
            NamespaceReference.FromName(node.Host.Name),
            ns => new NetlinkConnection(
                ns.Name == node.Host.Name ? FaultyTransport.Open(ns) : FaultyTransport.Open(ns, fault))))
        {
            Assert.Throws<NetlinkException>(
                () => new AttachmentCreation(kernel).Create(new EgressPlan(attachment)));
        }

        Assert.True(fault.HasStruck);
        node.Create(attachment);
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(attachment));
    }

    [Fact]
    public void Removal_without_the_namespace_leaves_no_translation()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        node.Container.Dispose();
        Assert.True(node.Remove(attachment with { Namespace = null }));
        Assert.Equal("", node.Nft("list ruleset"));
    }

    [Theory]
    [InlineData("10.20.30.40/24")]
    [InlineData("198.51.100.7/32")]
    [InlineData("fe80::77/64")]
    [InlineData("2001:db8::7/64")]
    public void Removal_frees_an_address_of_whatever_subnet(string address)
    {
        using Node node = new();
        Attachment attachment = node.Attachment("c1", address) with { Routes = [] };
        node.Create(attachment);
        Assert.Contains(address.Split('/')[0], node.Nft("list ruleset"));
        node.Remove(attachment);
        Assert.Equal("", node.Nft("list ruleset"));
    }

    [Fact]
    public void Removal_without_a_packet_filter_takes_the_interface_away()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        using EgressKernel kernel = new(
            NamespaceReference.FromName(node.Host.Name),
            openNetfilter: _ => throw new NetlinkException(new("open", NetlinkObject.Socket), Errno.EPROTONOSUPPORT));
        Assert.Throws<AttachmentRemovalException>(() => new AttachmentRemoval(kernel).Remove(attachment));
        Assert.DoesNotContain(attachment.HostInterface, node.Host.Ip("link show"));
    }

    [Fact]
    public void A_check_sees_the_container_the_host_and_the_rules()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        node.Container.Ip("route del default");
        node.Host.Ip($"route del 169.254.172.5 dev {attachment.HostInterface}");
        node.Nft("delete element inet egressnet snat4-fully-random { 169.254.172.5 }");
        Assert.Equal(
            [EgressFindingKind.HostRoute, EgressFindingKind.Nat, EgressFindingKind.ContainerRoute],
            new AttachmentInspection(node.Kernel).Inspect(attachment).Select(finding => finding.Kind));
    }

    [Fact]
    public void An_MTU_that_no_link_takes_is_refused_before_any_change()
    {
        using Node node = new();
        string before = node.State;
        AttachmentException thrown = Assert.Throws<AttachmentException>(
            () => node.Create(node.Attachment("c1", "169.254.172.5/22") with { Mtu = 0 }));
        Assert.Equal(AttachmentError.InvalidMtu, thrown.Reason);
        Assert.Equal(before, node.State);
    }

    [Theory]
    [InlineData(68, "169.254.172.5/22")]
    [InlineData(1280, "fd00::ac:5/118")]
    [InlineData(65535, "169.254.172.5/22")]
    public void The_MTU_is_that_of_both_ends(ushort mtu, string address)
    {
        using Node node = new();
        Attachment attachment = node.Attachment("c1", address) with { Mtu = mtu, Routes = [] };
        node.Create(attachment);
        Assert.Equal(mtu, Link(node.Container, "eg0").GetProperty("mtu").GetInt32());
        Assert.Equal(mtu, Link(node.Host, attachment.HostInterface).GetProperty("mtu").GetInt32());
    }

    [Fact]
    public void A_missing_gateway_is_refused_before_anything_is_touched()
    {
        using Node node = new();
        string before = node.State;
        Attachment attachment = node.FullAttachment();
        AttachmentException thrown = Assert.Throws<AttachmentException>(() => node.Create(
            attachment with { Addresses = [attachment.Addresses[0] with { Gateway = default }], Excluded = [] }));
        Assert.Equal(AttachmentError.InvalidGateway, thrown.Reason);
        Assert.Equal(before, node.State);
    }

    [Fact]
    public void Addresses_without_a_subnet_work()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment("c1", "169.254.172.5/32", "fd00::ac:5/128");
        node.Create(attachment);
        node.Container.Exec("ping", "-c1", "-W1", "169.254.172.1");
        node.Container.Exec("ping", "-c1", "-W1", "fd00::ac:1");
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(attachment));
    }

    [Fact]
    public void A_NAT_address_of_another_family_is_refused_before_any_change()
    {
        using Node node = new();
        string before = node.State;
        Attachment attachment = node.FullAttachment();
        AttachmentException thrown = Assert.Throws<AttachmentException>(() => node.Create(attachment with
        {
            Addresses = [attachment.Addresses[0] with { Nat = new SourceNat(InetAddress.Parse("2001:db8::1")) }],
            Excluded = [],
        }));
        Assert.Equal(AttachmentError.InvalidNat, thrown.Reason);
        Assert.Equal(before, node.State);
    }

    [Fact]
    public void Forwarding_is_written_only_where_it_is_off_and_for_IPv6_too()
    {
        using Node node = new();
        node.Create(node.FullAttachment());
        Assert.Contains("set net.ipv4.ip_forward = 1", node.Reported);
        Assert.Contains("set net.ipv6.conf.all.forwarding = 1", node.Reported);
        node.Reported.Clear();
        using LiveNamespace other = new();
        node.Create(node.SecondAttachment(other));
        Assert.DoesNotContain(node.Reported, change => change.Contains("forward = ") || change.Contains("forwarding"));
    }

    [Fact]
    public void IPv6_of_the_container_s_other_interfaces_is_left_alone()
    {
        using Node node = new();
        node.Container.Ip("link add eth0 type veth peer name eth1");
        node.Container.Ip("link set eth1 up");
        node.Container.Ip("link set eth0 up");
        node.Container.Ip("address add 2001:db8::5/64 dev eth0 nodad");
        node.Settle();
        string before = node.Container.Ip("-o -6 address show dev eth0");
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        Assert.Equal(before, node.Container.Ip("-o -6 address show dev eth0"));
        node.Remove(attachment);
        Assert.Equal(before, node.Container.Ip("-o -6 address show dev eth0"));
    }

    [Fact]
    public void IPv6_addresses_are_usable_on_both_ends_at_once()
    {
        using Node node = new();
        Stopwatch watch = Stopwatch.StartNew();
        node.Create(node.FullAttachment());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"It took {watch.Elapsed}.");
        Assert.DoesNotContain("tentative", node.Host.Ip("-6 address show scope global"));
        Assert.DoesNotContain("tentative", node.Container.Ip("-6 address show scope global"));
        node.Container.Exec("ping", "-c1", "-W1", "fd00::ac:1");
        node.Host.Exec("ping", "-c1", "-W1", "fd00::ac:5");
    }

    [Fact]
    public void Leftovers_of_a_vanished_attachment_are_taken_over_at_once()
    {
        using Node node = new();
        using LiveNamespace other = new();
        node.Create(node.FullAttachment("gone") with { Namespace = NamespaceReference.FromName(other.Name) });
        other.Dispose();
        Eventually.True(() => !node.Host.Ip("link show").Contains("veth"));
        Stopwatch watch = Stopwatch.StartNew();
        node.Create(node.FullAttachment());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"It took {watch.Elapsed}.");
        node.Container.Exec("ping", "-c1", "-W1", "169.254.172.1");
    }

    [Fact]
    public void A_host_name_that_is_taken_is_found_out_on_the_host()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Host.Ip($"link add {attachment.HostInterface} type veth peer name other0");
        node.Host.Ip($"link set {attachment.HostInterface} alias uplink");
        string before = node.State;
        VethException thrown = Assert.Throws<VethException>(() => node.Create(attachment));
        Assert.Equal(VethError.HostNameTaken, thrown.Reason);
        Assert.Equal(before, node.State);
    }

    [Fact]
    public void Both_ends_have_a_transmit_queue()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        Assert.Equal(1000, Link(node.Container, "eg0").GetProperty("txqlen").GetInt32());
        Assert.Equal(1000, Link(node.Host, attachment.HostInterface).GetProperty("txqlen").GetInt32());
    }

    [Fact]
    public void A_failure_to_switch_forwarding_on_is_told_and_leaves_nothing()
    {
        using Node node = new();
        string before = node.State;
        using EgressKernel kernel = new(NamespaceReference.FromName(node.Host.Name), settings: new ReadOnlySettings());
        Assert.Throws<NetNamespaceException>(
            () => new AttachmentCreation(kernel).Create(new EgressPlan(node.FullAttachment())));
        Assert.Equal(before, node.State);
    }

    [Fact]
    public void Two_attachments_of_one_container_do_not_collide()
    {
        using Node node = new();
        Attachment first = node.Attachment("c1", "169.254.172.5/22");
        Attachment second = node.Attachment("c1", "fd00::ac:5/118") with
        {
            Id = first.Id with { InterfaceName = "eg1" },
            Routes = [],
        };
        node.Create(first);
        node.Create(second);
        Assert.Equal(2, new AttachmentReader(node.Kernel).Read().Count());
        node.Remove(first);
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(second));
        Assert.Single(new NatTable(node.Kernel.Netfilter).List());
    }

    [Fact]
    public void MAC_addresses_are_ours_and_so_udev_leaves_them_alone()
    {
        const int NET_ADDR_SET = 3;
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        foreach ((LiveNamespace ns, string name, MacAddress mac) in ((LiveNamespace, string, MacAddress)[])
            [(node.Container, "eg0", attachment.MacAddress),
                (node.Host, attachment.HostInterface, attachment.HostMacAddress)])
        {
            // With a /sys of the namespace, which its own mounts show.
            string type = Tool.Run("ip", "netns", "exec", ns.Name, "cat", $"/sys/class/net/{name}/addr_assign_type");
            Assert.Equal($"{NET_ADDR_SET}", type.Trim());
            Assert.Equal($"{mac}", Link(ns, name).GetProperty("address").GetString());
        }
    }

    [Fact]
    public void The_node_s_own_namespace_is_refused_before_any_change()
    {
        using Node node = new();
        string before = node.State;
        VethException thrown = Assert.Throws<VethException>(
            () => node.Create(node.FullAttachment() with { Namespace = NamespaceReference.FromName(node.Host.Name) }));
        Assert.Equal(VethError.SameNamespace, thrown.Reason);
        Assert.Equal(before, node.State);
    }

    private static JsonElement Link(LiveNamespace ns, string name) =>
        Assert.Single(ns.IpJson($"link show dev {name}").EnumerateArray());
}
