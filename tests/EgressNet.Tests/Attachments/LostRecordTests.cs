using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Nodes;
using EgressNet.Plans;
using EgressNet.Tests.Fakes;
using EgressNet.Veths;

namespace EgressNet.Tests.Attachments;

/// <summary>An attachment whose record is lost and whose host's end somebody renamed.</summary>
public sealed class LostRecordTests
{
    private const string AllLinks = "18 all";

    [Theory]
    [InlineData("169.254.172.5/22")]
    [InlineData("169.254.172.9/22")]
    public void The_same_id_elsewhere_is_refused_and_replaces_it_when_forced(string address)
    {
        using Node node = Lost();
        using LiveNamespace other = new();
        string before = node.State;
        Attachment again = node.Attachment("c1", address) with
        {
            Namespace = NamespaceReference.FromName(other.Name),
        };
        AttachmentException thrown = Assert.Throws<AttachmentException>(() => node.Create(again));
        Assert.Equal("Container egress 'pods/c1/eg0' already exists, with interface foo0.", thrown.Message);
        Assert.Equal(before, node.State);

        new AttachmentCreation(node.Kernel).Create(new EgressPlan(again), replace: true);
        node.Settle(other);
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(again));
        Assert.DoesNotContain("foo0", node.Host.Ip("link show"));
        Assert.Equal(again.Addresses[0].Address.Address, Assert.Single(new NatTable(node.Kernel.Netfilter).List()).Source);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void It_is_shown_and_removed_with_all_that_it_has(bool hasAlternativeName)
    {
        using Node node = Lost(hasAlternativeName);
        FoundAttachment found = Assert.Single(new AttachmentReader(node.Kernel).Read("c1"));
        Assert.Equal("foo0", found.Host?.Name);
        Assert.Equal("foo0", found.Attachment.HostInterface);
        Assert.Equal(NamespaceReference.FromName(node.Container.Name).Path, found.Attachment.Namespace?.Path);
        Assert.Equal(
            EgressFindingKind.Declaration,
            Assert.Single(new AttachmentInspection(node.Kernel).Inspect(found.Attachment)).Kind);
        Assert.True(node.Remove(found.Attachment));
        Assert.Equal("", node.Host.Ip("link show type veth"));
        Assert.Equal("", node.Nft("list ruleset"));
    }

    [Fact]
    public void Its_address_is_refused_to_its_id_too_where_only_that_is_left()
    {
        using Node node = Lost(hasAlternativeName: false);
        using LiveNamespace other = new();
        string before = node.State;
        AddressInUseException thrown = Assert.Throws<AddressInUseException>(() => node.Create(
            node.Attachment("c1", "169.254.172.5/22") with { Namespace = NamespaceReference.FromName(other.Name) }));
        Assert.Equal("Address 169.254.172.5 is routed to interface foo0 of pods/c1/eg0.", thrown.Message);
        Assert.Equal(before, node.State);
    }

    [Fact]
    public void A_name_that_somebody_else_has_is_told_and_nothing_is_left()
    {
        using Node node = Lost();
        using LiveNamespace other = new();
        node.Host.Ip("link set foo0 alias mine");
        string before = node.State;
        AttachmentException thrown = Assert.Throws<AttachmentException>(() => node.Create(
            node.Attachment("c1", "169.254.172.9/22") with { Namespace = NamespaceReference.FromName(other.Name) }));
        Assert.Equal(AttachmentError.AlreadyExists, thrown.Reason);
        Assert.Equal(before, node.State);
    }

    [Fact]
    public void A_name_that_an_interface_of_another_kind_has_is_told_with_it()
    {
        using Node node = new();
        Attachment attachment = node.Attachment();
        node.Host.Ip("link add br0 type bridge");
        node.Host.Ip($"link property add dev br0 altname {attachment.Id.AlternativeName}");
        node.Settle();
        string before = node.State;
        VethException thrown = Assert.Throws<VethException>(
            () => new AttachmentCreation(node.Kernel).Create(new EgressPlan(attachment), replace: true));
        Assert.Equal(VethError.HostNameTaken, thrown.Reason);
        Assert.Contains("'br0'", thrown.Message);
        node.StopForwarding();
        Assert.Equal(before, node.State);
    }

    [Fact]
    public void A_new_one_is_made_without_a_look_at_all_links()
    {
        using Node node = Lost();
        using LiveNamespace other = new();
        List<string> asked = [];
        using EgressKernel kernel = new(
            NamespaceReference.FromName(node.Host.Name),
            ns => new NetlinkConnection(new CountingTransport(FaultyTransport.Open(ns), asked)));
        Attachment second = node.Attachment("c2", "169.254.172.9/22") with
        {
            Namespace = NamespaceReference.FromName(other.Name),
        };
        new AttachmentCreation(kernel).Create(new EgressPlan(second));
        Assert.DoesNotContain(AllLinks, asked);
    }

    private static Node Lost(bool hasAlternativeName = true)
    {
        Live.RequireKernel(6, 2, "A new name for an interface that is up");
        Node node = new();
        Attachment attachment = node.Attachment("c1", "169.254.172.5/22");
        node.Create(attachment);
        node.Settle();
        node.Host.Ip($"link set {attachment.HostInterface} name foo0");
        if (!hasAlternativeName)
        {
            node.Host.Ip($"link property del dev foo0 altname {attachment.Id.AlternativeName}");
        }

        Node.DeleteRecords(node.Kernel);
        return node;
    }
}
