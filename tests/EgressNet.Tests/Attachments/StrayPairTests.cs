using System.Diagnostics;
using EgressNet.Attachments;
using EgressNet.Netlink.Namespaces;
using EgressNet.Plans;
using EgressNet.Records;

namespace EgressNet.Tests.Attachments;

/// <summary>Somebody moved the host's end to another namespace.</summary>
public sealed class StrayPairTests
{
    [Theory]
    [InlineData("")]
    [InlineData("link set eg0 down name eth7")]
    [InlineData("link set eg0 address 02:00:00:00:00:77")]
    public void Removal_takes_the_pair_by_the_container_s_end(string change)
    {
        using Node node = new();
        using LiveNamespace other = new();
        Attachment attachment = node.FullAttachment();
        Move(node, attachment, other);
        if (change.Length > 0)
        {
            node.Container.Ip(change);
        }

        Assert.True(node.Remove(attachment));

        Assert.Equal("", node.Container.Ip("link show type veth"));
        Assert.Equal("", other.Ip("link show type veth"));
        Assert.Equal("", node.Records);
        Assert.Equal("", node.Nft("list ruleset"));
    }

    [Fact]
    public void Removal_of_many_takes_it_as_well()
    {
        using Node node = new();
        using LiveNamespace other = new(), second = new();
        Attachment attachment = node.FullAttachment();
        Attachment beside = node.SecondAttachment(second);
        node.Create(beside);
        Move(node, attachment, other);

        Assert.All(new AttachmentRemoval(node.Kernel).Remove([attachment, beside]), result => Assert.Null(result.Fault));

        Assert.Equal("", node.Container.Ip("link show type veth"));
        Assert.Equal("", second.Ip("link show type veth"));
    }

    [Fact]
    public void The_container_s_namespace_needs_no_name_but_a_process()
    {
        using Node node = new();
        using LiveNamespace other = new();
        Attachment attachment = node.FullAttachment();
        using Process process = node.Container.Run(() => Process.Start("sleep", "60"));
        Move(node, attachment, other);
        node.Container.Remake();
        try
        {
            Assert.True(node.Remove(attachment));
            Assert.Equal("", other.Ip("link show type veth"));
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public void Without_its_record_who_has_the_object_can_remove_it()
    {
        using Node node = new();
        using LiveNamespace other = new();
        Attachment attachment = node.FullAttachment();
        Move(node, attachment, other);
        File.Delete(node.Kernel.Records.PathOf(attachment.Id));
        Assert.True(node.Remove(attachment));
        Assert.Equal("", node.Container.Ip("link show type veth"));
        Assert.Equal("", node.Records);
    }

    [Fact]
    public void What_cannot_be_reached_is_told_and_stays_recorded()
    {
        using Node node = new();
        using LiveNamespace other = new();
        Attachment attachment = node.FullAttachment();
        Move(node, attachment, other);
        using (attachment.Namespace!.Open())
        {
            node.Container.Remake();
            AttachmentRemovalException told = Assert.Throws<AttachmentRemovalException>(() => node.Remove(attachment));
            Assert.Contains("eg0", told.Message);
            Assert.Contains("moved to another network namespace", told.Message);
            Assert.True(node.Kernel.Records.Has(attachment.Id));
            Assert.Contains("veth", other.Ip("link show type veth"));
        }

        Eventually.True(() => other.Ip("link show type veth").Length == 0);
        Assert.True(node.Remove(attachment));
        Assert.Equal("", node.Records);
    }

    [Fact]
    public void It_is_a_finding_that_repair_refuses()
    {
        using Node node = new();
        using LiveNamespace other = new();
        Attachment attachment = node.FullAttachment();
        Move(node, attachment, other);
        string before = node.State;

        EgressFinding finding = Assert.Single(
            new AttachmentInspection(node.Kernel).Inspect(attachment), each => each.Kind == EgressFindingKind.HostInterface);
        Assert.Contains("another network namespace", finding.Actual);
        AttachmentException refused = Assert.Throws<AttachmentException>(
            () => new AttachmentRepair(node.Kernel).Repair(new EgressPlan(attachment)));
        Assert.Equal(AttachmentError.NamespaceChanged, refused.Reason);
        Assert.Equal(before, node.State);
    }

    [Fact]
    public void A_creation_says_that_it_is_there_and_replaces_it_by_force()
    {
        using Node node = new();
        using LiveNamespace other = new();
        Attachment attachment = node.FullAttachment();
        Move(node, attachment, other);

        Assert.Equal(
            AttachmentError.AlreadyExists, Assert.Throws<AttachmentException>(() => node.Create(attachment)).Reason);
        new AttachmentCreation(node.Kernel).Create(new EgressPlan(node.FullAttachment()), replace: true);

        Assert.Equal("", other.Ip("link show type veth"));
        node.Container.Exec("ping", "-c1", "-W1", "169.254.172.1");
    }

    [Fact]
    public void What_has_its_index_by_now_stays()
    {
        using Node node = new();
        using LiveNamespace other = new();
        Attachment attachment = node.FullAttachment();
        Move(node, attachment, other);
        AttachmentRecord record = node.Kernel.Records.Read(attachment.Id)!;
        node.Container.Ip("link del eg0");
        node.Container.Ip($"link add name eg1 index {record.ContainerIndex} type veth peer name eg2");
        string before = node.Container.Ip("link show");

        Assert.True(node.Remove(attachment));

        Assert.Equal(before, node.Container.Ip("link show"));
    }

    private static void Move(Node node, Attachment attachment, LiveNamespace to)
    {
        node.Create(attachment);
        node.Settle();
        node.Host.Ip($"link set {attachment.HostInterface} netns {to}");
    }
}
