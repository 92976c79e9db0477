using EgressNet.Attachments;
using EgressNet.Netlink.Namespaces;
using EgressNet.Plans;
using static EgressNet.Attachments.EgressFindingKind;

namespace EgressNet.Tests.Attachments;

/// <summary>Each way in which an attachment can differ, made by somebody else. H stands for the host's interface.
/// </summary>
public sealed class InspectionTests
{
    private const string Set = "nft delete element inet egressnet";

    public static TheoryData<string, string, string, string> Differences => new()
    {
        { "", "ip link set H alias ''", $"{HostAlias}", "set link H up, alias" },
        { "", "ip link set H alias uplink", $"{HostAlias}", "set link H up, alias" },
        { "", "ip link property del dev H altname ALTNAME", $"{HostAlternativeName}", "set link H also named ALTNAME" },
        { "", "ip link set H arp off", $"{ArpDisabled}", "set link H up, arp on" },
        { "c", "ip link set eg0 arp off", $"{ArpDisabled}", "set link eg0 up, arp on" },
        { "", "ip link set H mtu 1400", $"{HostMtu}", "set link H mtu 9001" },
        { "", "ip link set H address 02:00:00:00:00:09", $"{HostMacAddress}", "set link H address" },
        { "", "ip link set H group 0", $"{Isolation}", "set link H up, alias" },
        { "", "ip link set H group 16925400", $"{Isolation}", "set link H up, alias" },
        { "", "ip link set H group 50479835", $"{Isolation}", "set link H up, alias" },
        {
            "", "ip link set H down", $"{HostInterfaceDown} {HostAddress} {HostRoute} {HostRoute}",
            "set link H up|add address fd00::ac:1/128|add route 169.254.172.5/32|add route fd00::ac:5/128"
        },
        {
            "", "ip address del 169.254.172.1/32 dev H", $"{HostAddress} {HostRoute}",
            "add address 169.254.172.1/32|add route 169.254.172.5/32"
        },
        { "", "ip address del fd00::ac:1/128 dev H", $"{HostAddress}", "add address fd00::ac:1/128" },
        {
            "", "ip address del 169.254.172.1/32 dev H; ip address add 169.254.172.1/32 dev H",
            $"{HostAddress} {HostRoute}", "delete address|add address 169.254.172.1/32|add route 169.254.172.5/32"
        },
        { "", "ip route del 169.254.172.5 dev H", $"{HostRoute}", "add route 169.254.172.5/32" },
        { "", "ip -6 route del fd00::ac:5 dev H", $"{HostRoute}", "add route fd00::ac:5/128" },
        {
            "", "ip route replace 169.254.172.5 via 169.254.172.5 dev H onlink", $"{HostRoute}",
            "replace route 169.254.172.5/32"
        },
        {
            "", "ip route change 169.254.172.5 dev H scope link mtu 500", $"{HostRoute}",
            "replace route 169.254.172.5/32"
        },
        { "", "ip -6 route change fd00::ac:5 dev H advmss 500", $"{HostRoute}", "replace route fd00::ac:5/128" },
        {
            "c", "ip route change default via 169.254.172.1 dev eg0 mtu 500", $"{ContainerRoute}",
            "replace route 0.0.0.0/0"
        },
        {
            "c", "ip -6 route change default via fd00::ac:1 dev eg0 mtu 1300", $"{ContainerRoute}",
            "replace route ::/0"
        },
        {
            "c", "ip route add default via 169.254.172.1 dev eg0 tos 0x10; ip route del default tos 0", $"{ContainerRoute}",
            "add route 0.0.0.0/0"
        },
        {
            "", "sysctl -qw net.ipv6.conf.H.accept_ra=1", $"{HostRouterAdvertisements}",
            "set net.ipv6.conf.H.accept_ra = 0"
        },
        {
            "", "sysctl -qw net.ipv6.conf.H.disable_ipv6=1", $"{IPv6Disabled} {HostAddress} {HostRoute}",
            "set net.ipv6.conf.H.disable_ipv6 = 0|add address fd00::ac:1/128|add route fd00::ac:5/128"
        },
        {
            "", "sysctl -qw net.ipv6.conf.H.accept_dad=1", $"{DuplicateAddressDetection}",
            "set net.ipv6.conf.H.accept_dad = 0"
        },
        {
            "c", "sysctl -qw net.ipv6.conf.eg0.accept_dad=1", $"{DuplicateAddressDetection}",
            "set net.ipv6.conf.eg0.accept_dad = 0"
        },
        {
            "", "sysctl -qw net.ipv4.conf.H.forwarding=0", $"{Forwarding}", "set net.ipv4.conf.H.forwarding = 1"
        },
        {
            "", "ip link add br9 type bridge; ip link set H master br9", $"{HostMaster}",
            "set link H up, alias"
        },
        { "", "sysctl -qw net.ipv4.ip_forward=0", $"{Forwarding}", "set net.ipv4.ip_forward = 1" },
        { "", "sysctl -qw net.ipv6.conf.all.forwarding=0", $"{Forwarding}", "set net.ipv6.conf.all.forwarding = 1" },
        {
            "", $"{Set} snat4-fully-random {{ 169.254.172.5 }}", $"{EgressFindingKind.Nat}",
            "add NAT 169.254.172.5"
        },
        {
            "", "nft 'add element inet egressnet masquerade6 { fd00::ac:5 }; delete element inet egressnet "
                + "snat6-fully-random { fd00::ac:5 }'", $"{EgressFindingKind.Nat}", "add NAT fd00::ac:5"
        },
        {
            "", $"{Set} exclude4 {{ 169.254.172.5 . 10.0.0.0/8 }}", $"{NatExclusion}",
            "add NAT 169.254.172.5"
        },
        {
            "", "nft 'add element inet egressnet exclude6 { fd00::ac:5 . fd12::/16 }'", $"{NatExclusion}",
            "add NAT fd00::ac:5"
        },
        { "", "nft flush chain inet egressnet postrouting", $"{NatTable}", "repair table egressnet" },
        { "", "nft add rule inet egressnet forward accept", $"{NatTable}", "repair table egressnet" },
        { "", "nft delete chain inet egressnet prerouting", $"{NatTable}", "repair table egressnet" },
        {
            "", "nft delete table inet egressnet", $"{NatTable} {EgressFindingKind.Nat} {EgressFindingKind.Nat}",
            "add table egressnet|add NAT 169.254.172.5|add NAT fd00::ac:5"
        },
        { "c", "ip link set eg0 mtu 1400", $"{ContainerMtu}", "set link eg0 mtu 9001" },
        { "c", "ip link set eg0 address 02:00:00:00:00:09", $"{ContainerMacAddress}", "set link eg0 address" },
        {
            "c", "ip link set eg0 down",
            $"{ContainerInterfaceDown} {ContainerAddress} {ContainerRoute} {ContainerRoute} {ContainerRoute} "
                + $"{ContainerRoute} {ContainerRoute} {ContainerRoute}",
            "set link eg0 up|add address fd00::ac:5/118|add route|add route|add route|add route|add route|add route"
        },
        {
            "c", "ip address del 169.254.172.5/22 dev eg0",
            $"{ContainerAddress} {ContainerRoute} {ContainerRoute} {ContainerRoute}",
            "add address 169.254.172.5/22|add route|add route|add route"
        },
        {
            "c", "ip address del 169.254.172.5/22 dev eg0; ip address add 169.254.172.5/16 dev eg0",
            $"{ContainerAddress} {ContainerRoute} {ContainerRoute} {ContainerRoute}",
            "delete address 169.254.172.5/16|add address 169.254.172.5/22|add route|add route|add route"
        },
        { "c", "ip route del default", $"{ContainerRoute}", "add route 0.0.0.0/0" },
        { "c", "ip -6 route del default", $"{ContainerRoute}", "add route ::/0" },
        { "c", "ip -6 route replace default dev eg0", $"{ContainerRoute}", "replace route ::/0" },
        { "c", "ip route append 169.254.172.0/22 dev eg0", $"{ContainerConnectedRoute}", "delete route" },
        { "c", "ip -6 route add fd00::ac:0/118 dev eg0 metric 256", $"{ContainerConnectedRoute}", "delete route" },
        {
            "c", "sysctl -qw net.ipv6.conf.eg0.disable_ipv6=1",
            $"{IPv6Disabled} {ContainerAddress} {ContainerRoute} {ContainerRoute} {ContainerRoute}",
            "set net.ipv6.conf.eg0.disable_ipv6 = 0|add address fd00::ac:5/118|add route|add route|add route"
        },
    };

    [Theory]
    [MemberData(nameof(Differences))]
    public void A_difference_is_found_by_itself_and_repaired_by_itself(
        string where, string mutation, string kinds, string changes)
    {
        Live.RequireTool(mutation.Split(' ')[0]);
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        Check(() => attachment);

        Check(() => Assert.Single(new AttachmentReader(node.Kernel).Read()).Attachment);

        string Named(string text) => text
            .Replace("ALTNAME", attachment.Id.AlternativeName).Replace("H", attachment.HostInterface);

        void Check(Func<Attachment> read)
        {
            AttachmentInspection inspection = new(node.Kernel);
            LiveNamespace ns = where == "c" ? node.Container : node.Host;
            ns.Exec("sh", "-c", Named(mutation));

            Attachment wanted = read();
            Assert.Equal(kinds, string.Join(' ', inspection.Inspect(wanted).Select(finding => finding.Kind)));
            List<string> reported = [];
            IReadOnlyList<EgressFinding> repaired =
                new AttachmentRepair(node.Kernel, reported.Add).Repair(new EgressPlan(wanted));

            Assert.Equal(kinds, string.Join(' ', repaired.Select(finding => finding.Kind)));
            Assert.Collection(
                reported,
                [.. Named(changes).Split('|')
                    .Select(change => (Action<string>)(text => Assert.StartsWith(change, text)))]);
            Assert.Empty(inspection.Inspect(wanted));
            Assert.Empty(new AttachmentRepair(node.Kernel).Repair(new EgressPlan(wanted)));
        }
    }

    [Fact]
    public void An_uplink_that_does_not_forward_is_found_and_left_alone()
    {
        using Node node = new();
        node.Host.Exec("sh", "-c", "ip link add up0 type veth peer name up1; ip link set up0 up; ip link set up1 up;"
            + "ip address add 192.0.2.1/24 dev up0; ip route add default via 192.0.2.2");
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(attachment));
        node.Host.Set("ipv4.conf.up0.forwarding=0");

        EgressFinding finding = Assert.Single(new AttachmentInspection(node.Kernel).Inspect(attachment));
        Assert.Equal("UplinkForwarding of net.ipv4.conf.up0.forwarding: 0, not 1", $"{finding}");
        Assert.Contains(
            CreationWarnings.Of(node.Kernel, attachment), text => text.StartsWith("net.ipv4.conf.up0.forwarding is 0"));
        Assert.Empty(new AttachmentRepair(node.Kernel).Repair(new EgressPlan(attachment)));
        Assert.Single(new AttachmentInspection(node.Kernel).Inspect(attachment));
    }

    [Fact]
    public void A_pair_that_is_gone_is_two_differences_and_is_made_again()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        node.Host.Ip($"link del {attachment.HostInterface}");
        AttachmentInspection inspection = new(node.Kernel);
        Assert.Equal([HostInterface, ContainerInterface], inspection.Inspect(attachment).Select(finding => finding.Kind));

        new AttachmentRepair(node.Kernel).Repair(new EgressPlan(attachment));
        Assert.Empty(inspection.Inspect(attachment));
    }

    [Fact]
    public void A_renamed_end_is_a_difference_and_gets_its_name_back()
    {
        Live.RequireKernel(6, 2, "A new name for an interface that is up");
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        node.Host.Ip($"link set {attachment.HostInterface} name other0");
        node.Container.Ip("link set eg0 name other1");
        AttachmentInspection inspection = new(node.Kernel);
        Assert.Equal([HostInterface, ContainerInterface], inspection.Inspect(attachment).Select(finding => finding.Kind));

        List<string> reported = [];
        new AttachmentRepair(node.Kernel, reported.Add).Repair(new EgressPlan(attachment));
        Assert.Equal([$"set link other0 name {attachment.HostInterface}", "set link other1 name eg0"], reported);
        Assert.Empty(inspection.Inspect(attachment));
    }

    [Theory]
    [InlineData("rm c1/pods+eg0.json", false)]
    [InlineData("echo '{ \"version\": 2 }' > c1/pods+eg0.json", false)]
    [InlineData("echo '{' > c1/pods+eg0.json", false)]
    [InlineData("sed -i s/9001/1400/ c1/pods+eg0.json", true)]
    public void A_lost_record_is_repaired_from_the_given_attachment_only(
        string loss, bool isDeclared)
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        Tool.Run("sh", "-c", $"cd {node.Kernel.Records.Folder} && {loss}");
        AttachmentInspection inspection = new(node.Kernel);
        Attachment read = Assert.Single(new AttachmentReader(node.Kernel).Read("c1")).Attachment;
        Assert.Equal(isDeclared, read.IsDeclared);
        if (!isDeclared)
        {
            Assert.Equal(["169.254.172.5/32", "fd00::ac:5/128"], read.Addresses.Select(each => $"{each.Address}"));
            Assert.Equal(attachment.HostMacAddress, read.HostMacAddress);
            Assert.Equal(default, read.MacAddress);
            Assert.Equal(Declaration, Assert.Single(inspection.Inspect(read)).Kind);
            AttachmentException thrown = Assert.Throws<AttachmentException>(() => new EgressPlan(read));
            Assert.Equal(AttachmentError.NotDeclared, thrown.Reason);
        }

        Assert.Equal(Declaration, Assert.Single(inspection.Inspect(attachment)).Kind);
        new AttachmentRepair(node.Kernel).Repair(new EgressPlan(attachment));
        Assert.Empty(inspection.Inspect(attachment));
        Assert.Empty(inspection.Inspect(Assert.Single(new AttachmentReader(node.Kernel).Read("c1")).Attachment));
    }

    [Fact]
    public void A_claim_that_is_lost_is_a_difference_and_is_made_again()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        string before = node.Records;
        Tool.Run("rm", $"{node.Kernel.Records.Folder}/+addresses/fd00::ac:5");
        EgressFinding finding = Assert.Single(new AttachmentInspection(node.Kernel).Inspect(attachment));
        Assert.Equal((Declaration, "fd00::ac:5"), (finding.Kind, finding.Subject));
        new AttachmentRepair(node.Kernel).Repair(new EgressPlan(attachment));
        Assert.Equal(before, node.Records);
    }

    [Fact]
    public void After_a_ruleset_flush_all_returns_without_interface_changes()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        node.Settle();
        string before = node.State;
        node.Nft("flush ruleset");
        Attachment read = Assert.Single(new AttachmentReader(node.Kernel).Read("c1")).Attachment;
        Assert.Equal(
            [NatTable, EgressFindingKind.Nat, EgressFindingKind.Nat],
            new AttachmentInspection(node.Kernel).Inspect(read).Select(finding => finding.Kind));
        List<string> reported = [];
        new AttachmentRepair(node.Kernel, reported.Add).Repair(new EgressPlan(read));
        Assert.All(reported, change => Assert.True(change.StartsWith("add table") || change.StartsWith("add NAT"), change));
        Assert.Equal(before, node.State);
    }

    [Fact]
    public void A_family_that_is_lost_everywhere_is_no_smaller_attachment()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        node.Nft("flush map inet egressnet container6");
        node.Nft("flush map inet egressnet snat6-fully-random");
        node.Nft("flush set inet egressnet exclude6");
        node.Container.Ip("-6 address flush dev eg0 scope global");
        node.Host.Ip($"-6 address flush dev {attachment.HostInterface} scope global");
        node.Host.Ip("-6 route del fd00::ac:5");
        Attachment read = Assert.Single(new AttachmentReader(node.Kernel).Read("c1")).Attachment;
        Assert.Equal(attachment.Addresses, read.Addresses);
        new AttachmentRepair(node.Kernel).Repair(new EgressPlan(read));
        node.Container.Exec("ping", "-c1", "-W1", "fd00::ac:1");
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(attachment));
    }

    [Fact]
    public void A_pair_into_another_namespace_is_an_unrepairable_difference()
    {
        using Node node = new();
        using LiveNamespace other = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        Attachment elsewhere = attachment with { Namespace = NamespaceReference.FromName(other.Name) };
        node.Settle();
        string before = node.State;
        Assert.Contains(
            new AttachmentInspection(node.Kernel).Inspect(elsewhere), finding => finding.Kind == NetNamespace);
        AttachmentException thrown = Assert.Throws<AttachmentException>(
            () => new AttachmentRepair(node.Kernel).Repair(new EgressPlan(elsewhere)));
        Assert.Equal(AttachmentError.NamespaceChanged, thrown.Reason);
        Assert.Equal(before, node.State);
        Assert.DoesNotContain("eg0", other.Ip("link show"));
    }

    [Fact]
    public void A_vanished_namespace_is_an_unrepairable_difference()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        node.Container.Dispose();
        Assert.Equal(NetNamespace, Assert.Single(new AttachmentInspection(node.Kernel).Inspect(attachment)).Kind);
        Assert.Throws<NetNamespaceException>(
            () => new AttachmentRepair(node.Kernel).Repair(new EgressPlan(attachment)));
    }
}
