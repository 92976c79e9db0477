using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Nat;
using EgressNet.Netlink.Namespaces;
using EgressNet.Plans;
using EgressNet.Veths;

namespace EgressNet.Tests.Attachments;

public sealed class DuplicateTests
{
    [Fact]
    public void The_same_id_in_the_same_namespace_is_refused() =>
        AssertRefused((node, other) => node.FullAttachment());

    [Fact]
    public void The_same_id_in_another_namespace_is_refused() =>
        AssertRefused((node, other) => node.FullAttachment() with { Namespace = NamespaceReference.FromName(other.Name) });

    [Fact]
    public void The_same_id_under_another_host_name_is_refused() =>
        AssertRefused((node, other) => node.FullAttachment() with { HostInterface = "h0" });

    [Fact]
    public void The_same_id_with_another_host_name_and_namespace_is_refused() =>
        AssertRefused((node, other) => node.FullAttachment() with
        {
            HostInterface = "h0",
            Namespace = NamespaceReference.FromName(other.Name),
        });

    [Fact]
    public void The_same_id_with_other_addresses_is_refused() =>
        AssertRefused((node, other) => node.FullAttachment("c1", "169.254.172.9/22", "fd00::ac:9/118"));

    [Fact]
    public void The_same_id_is_refused_where_the_live_one_has_a_chosen_name()
    {
        using Node node = new();
        using LiveNamespace other = new();
        Attachment live = node.FullAttachment() with { HostInterface = "h0" };
        node.Create(live);
        node.Settle();
        Assert.Equal(
            live.Id.AlternativeName,
            Assert.Single(node.Host.IpJson("link show dev h0").EnumerateArray())
                .GetProperty("altnames").EnumerateArray().Single().GetString());
        string before = node.State;
        AttachmentException thrown = Assert.Throws<AttachmentException>(() => node.Create(
            node.FullAttachment("c1", "169.254.172.9/22", "fd00::ac:9/118") with
            {
                Namespace = NamespaceReference.FromName(other.Name),
            }));
        Assert.Equal("Container egress 'pods/c1/eg0' already exists, with interface h0.", thrown.Message);
        Assert.Equal(before, node.State);
    }

    [Fact]
    public void A_taken_name_is_told_for_each_side()
    {
        using Node node = new();
        node.Create(node.FullAttachment());
        node.Settle();
        string before = node.State;
        VethException thrown = Assert.Throws<VethException>(
            () => node.Create(node.FullAttachment("c2", "169.254.172.9/22", "fd00::ac:9/118")));
        Assert.Equal(VethError.ContainerNameTaken, thrown.Reason);
        thrown = Assert.Throws<VethException>(() => node.Create(
            node.FullAttachment("c2", "169.254.172.9/22", "fd00::ac:9/118") with { HostInterface = "lo" }));
        Assert.Equal(VethError.HostNameTaken, thrown.Reason);
        Assert.Equal(before, node.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_name_that_is_taken_at_the_last_moment_stays_whose_it_is(bool isAnswerLost)
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        string name = attachment.HostInterface;
        node.Host.Set("ipv4.ip_forward=1", "ipv6.conf.all.forwarding=1");
        using FaultyKernel faulty = new(
            node, Subsystem.Host, Fakes.FaultKind.ReplyLost, isAnswerLost ? 1 : 0);
        faulty.Fault.WritesOnly = true;
        void Race(string change)
        {
            if (change.StartsWith("add veth"))
            {
                node.Host.Ip($"link add {name} type veth peer name other0");
            }
        }

        Exception? thrown = Record.Exception(
            () => new AttachmentCreation(faulty.Kernel, Race).Create(new EgressPlan(attachment)));
        Assert.Equal(isAnswerLost, faulty.Fault.HasStruck);
        Assert.Equal(isAnswerLost, thrown is Netlink.Transport.NetlinkTransportException);
        Assert.Equal(!isAnswerLost, thrown is VethException { Reason: VethError.HostNameTaken });
        Assert.Contains(name, node.Host.Ip("link show dev other0"));
        Assert.DoesNotContain("eg0", node.Container.Ip("link show"));
    }

    [Fact]
    public void The_node_s_own_namespace_is_refused_under_any_name()
    {
        using Node node = new();
        string before = node.State;
        VethException thrown = Assert.Throws<VethException>(() => node.Create(
            node.FullAttachment() with { Namespace = NamespaceReference.FromPath($"/var/run/netns/{node.Host.Name}") }));
        Assert.Equal(VethError.SameNamespace, thrown.Reason);
        Assert.Equal(before, node.State);
    }

    private static void AssertRefused(Func<Node, LiveNamespace, Attachment> second)
    {
        using Node node = new();
        using LiveNamespace other = new();
        Attachment live = node.FullAttachment();
        node.Create(live);
        node.Settle();
        string before = node.State;
        AttachmentException thrown = Assert.Throws<AttachmentException>(
            () => new AttachmentCreation(node.Kernel).Create(new EgressPlan(second(node, other))));
        Assert.Equal(AttachmentError.AlreadyExists, thrown.Reason);
        Assert.Equal(
            $"Container egress 'pods/c1/eg0' already exists, with interface {live.HostInterface}.", thrown.Message);
        Assert.Equal(
            thrown.Message,
            Assert.Throws<AttachmentException>(
                () => new AttachmentCreation(node.Kernel).Preview(new EgressPlan(second(node, other)))).Message);
        Assert.Equal(before, node.State);
        Assert.DoesNotContain("eg0", other.Ip("link show"));
    }

    [Fact]
    public void A_preview_refuses_the_addresses_that_a_creation_refuses()
    {
        using Node node = new();
        node.Create(node.Attachment("c1", "10.1.0.5/24"));
        Attachment other = node.Attachment("c2", "10.1.0.5/24") with { Id = new AttachmentId("pods", "c2", "eg1") };
        AttachmentCreation creation = new(node.Kernel);
        Assert.Throws<AddressInUseException>(() => creation.Preview(new EgressPlan(other)));
        Assert.Throws<AddressInUseException>(() => creation.Create(new EgressPlan(other)));
    }
}
