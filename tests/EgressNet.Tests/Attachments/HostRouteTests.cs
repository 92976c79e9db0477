using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Nat;
using EgressNet.Netlink;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Plans;

namespace EgressNet.Tests.Attachments;

/// <summary>A route of the node that is there already where an attachment's is to be.</summary>
public sealed class HostRouteTests
{
    public static TheoryData<string, string> Addresses => new()
    {
        { "169.254.172.5", "169.254.172.5/22" },
        { "fd00::ac:5", "fd00::ac:5/118" },
    };

    [Theory]
    [MemberData(nameof(Addresses))]
    public void One_of_an_attachment_without_a_record_is_told_and_stays(string address, string prefix)
    {
        using Node node = new();
        AddForeign(node, "egressnet:pods/other/eg0");
        node.Host.Ip($"route add {address} dev stale0");
        AddressInUseException thrown = Refused(node, node.Attachment("c1", prefix) with { Routes = [] });
        Assert.Equal($"Address {address} is routed to interface stale0 of pods/other/eg0.", thrown.Message);
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public void One_of_an_interface_of_somebody_else_s_is_told_and_stays(string address, string prefix)
    {
        using Node node = new();
        AddForeign(node, alias: null);
        node.Host.Ip($"route add {address} dev stale0");
        AddressInUseException thrown = Refused(node, node.Attachment("c1", prefix) with { Routes = [] });
        Assert.Equal(
            $"Address {address} is routed to interface stale0, which is a veth of somebody else's.", thrown.Message);
        Assert.Equal(address, $"{thrown.Address}");
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public void A_route_of_an_interface_with_a_foreign_alias_is_kept(string address, string prefix)
    {
        using Node node = new();
        AddForeign(node, "uplink");
        node.Host.Ip($"route add {address} dev stale0");
        AddressInUseException thrown = Refused(node, node.Attachment("c1", prefix) with { Routes = [] });
        Assert.Equal($"Address {address} is routed to interface stale0, 'uplink'.", thrown.Message);
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public void One_that_leads_nowhere_is_told_and_stays(string address, string prefix)
    {
        using Node node = new();
        node.Host.Ip($"route add blackhole {address}{(address.Contains(':') ? " dev lo" : "")}");
        AddressInUseException thrown = Refused(node, node.Attachment("c1", prefix) with { Routes = [] });
        Assert.StartsWith($"Address {address} is routed to", thrown.Message);
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public void One_of_a_live_attachment_is_told_and_stays(string address, string prefix)
    {
        using Node node = new();
        using LiveNamespace other = new();
        Attachment live = node.Attachment("c2", prefix) with
        {
            Namespace = NamespaceReference.FromName(other.Name),
            Routes = [],
        };
        node.Create(live);
        node.Settle(other);
        AddressInUseException thrown = Refused(node, node.Attachment("c1", prefix) with { Routes = [] });
        Assert.Equal($"Address {address} belongs to pods/c2/eg0 on this node.", thrown.Message);
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(live));
    }

    [Fact]
    public void A_missing_answer_does_not_make_a_live_owner_dead()
    {
        using Node node = new();
        using LiveNamespace other = new();
        Attachment live = node.Attachment("c2", "169.254.172.5/22", "fd00::ac:5/118") with
        {
            Namespace = NamespaceReference.FromName(other.Name),
            Routes = [],
        };
        node.Create(live);
        node.Settle(other);
        string before = node.State;
        Attachment second = node.Attachment("c1", "169.254.172.5/22", "fd00::ac:5/118") with { Routes = [] };
        int at = 0;
        Exception? thrown;
        do
        {
            using FaultyKernel faulty = new(node, Subsystem.Host, Fakes.FaultKind.Refused, ++at);
            thrown = Record.Exception(() => new AttachmentCreation(faulty.Kernel).Create(new EgressPlan(second)));
            Assert.Equal(before, node.State);
            Assert.True(
                faulty.Fault.HasStruck
                    ? thrown is NetlinkException { Errno: Errno.EIO }
                    : thrown is AddressInUseException,
                $"{at}: {thrown}");
        }
        while (thrown is not AddressInUseException);

        Assert.True(at > 3);
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(live));
    }

    [Fact]
    public void A_route_with_a_better_metric_is_in_use_and_kept()
    {
        using Node node = new();
        AddForeign(node, alias: null);
        node.Host.Ip("route add fd00::ac:5 dev stale0 metric 5");
        AddressInUseException thrown = Refused(
            node, node.Attachment("c1", "fd00::ac:5/118") with { Routes = [] });
        Assert.Contains("interface stale0", thrown.Message);
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public void An_address_of_the_node_s_own_is_told_and_stays(string address, string prefix)
    {
        using Node node = new();
        node.Host.Ip($"address add {address} dev lo");
        AddressInUseException thrown = Refused(node, node.Attachment("c1", prefix) with { Routes = [] });
        Assert.Equal($"Address {address} is the node's own, on interface lo.", thrown.Message);
    }

    [Theory]
    [InlineData("169.254.172.5", "169.254.172.5/22", "169.254.172.9/22", "default")]
    [InlineData("169.254.172.5", "169.254.172.5/32", "169.254.172.9/22", "10.50.0.0/16")]
    [InlineData("fd00::ac:5", "fd00::ac:5/128", "fd00::ac:9/118", "fd50::/16")]
    public void The_next_hop_of_a_route_of_the_node_is_told(string address, string prefix, string own, string destination)
    {
        using Node node = new();
        AddForeign(node, alias: null);
        node.Host.Ip($"address add {own} dev stale0");
        node.Settle();
        node.Host.Ip($"route add {destination} via {address} dev stale0");
        Attachment attachment = node.Attachment("c1", prefix) with { Routes = [] };
        attachment = attachment with
        {
            Addresses = [attachment.Addresses[0] with { Gateway = InetAddress.Parse(address.Contains(':') ? "fd09::1" : "10.9.0.1") }],
        };
        Assert.StartsWith(
            $"Address {address} is the next hop of the node's route ", Refused(node, attachment).Message);
    }

    private static AddressInUseException Refused(Node node, Attachment attachment)
    {
        string before = node.State;
        AddressInUseException thrown = Assert.Throws<AddressInUseException>(
            () => new AttachmentCreation(node.Kernel).Create(new EgressPlan(attachment)));
        Assert.Equal(before, node.State);
        return thrown;
    }

    private static void AddForeign(Node node, string? alias)
    {
        node.Host.Ip("link add stale0 type veth peer name stale1");
        node.Host.Ip("link set stale0 addrgenmode none");
        node.Host.Ip("link set stale1 addrgenmode none");
        node.Host.Ip("link set stale1 up");
        node.Host.Ip("link set stale0 up");
        if (alias is not null)
        {
            node.Host.Ip($"link set stale0 alias {alias}");
        }

        node.Settle();
    }
}
