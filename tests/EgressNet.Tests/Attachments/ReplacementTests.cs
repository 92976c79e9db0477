using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Netlink.Namespaces;
using EgressNet.Plans;
using EgressNet.Veths;

namespace EgressNet.Tests.Attachments;

public sealed class ReplacementTests
{
    [Fact]
    public void A_name_taken_meanwhile_leaves_a_reported_repairable_gap()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        AttachmentCreation creation = new(node.Kernel, change =>
        {
            if (change.StartsWith("add veth"))
            {
                node.Container.Ip("link add eg0 type veth peer name taker1");
            }
        });

        UndoFailedException failed = Assert.Throws<UndoFailedException>(
            () => creation.Create(new EgressPlan(node.FullAttachment()), replace: true));

        Assert.Contains("Interface 'eg0'", failed.Message);
        Assert.Contains($"missing {attachment.Id} (", Assert.Single(failed.Left));
        Assert.Contains("eg0", Assert.Single(failed.Left));
        Assert.DoesNotContain(attachment.HostInterface, node.Host.Ip("link show"));
        node.Container.Ip("link del eg0");
        new AttachmentRepair(node.Kernel).Repair(new EgressPlan(attachment));
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(attachment));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_that_is_stopped_or_crossed_puts_the_old_one_back(bool isStopped)
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        using CancellationTokenSource stop = new();
        using LiveNamespace other = new();
        AttachmentCreation creation = new(node.Kernel, change =>
        {
            if (isStopped && change.StartsWith("add veth"))
            {
                stop.Cancel();
            }
            else if (change.StartsWith("add veth"))
            {
                other.Ip("link add eg0 type veth peer name taker1");
            }
        }, stop.Token);

        Exception? failed = Record.Exception(() => creation.Create(
            new EgressPlan(node.FullAttachment() with { Namespace = NamespaceReference.FromName(other.Name) }), replace: true));

        Assert.True(isStopped ? failed is OperationCanceledException : failed is VethException, $"{failed}");
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(attachment));
        node.Container.Exec("ping", "-c1", "-W1", "169.254.172.1");
    }
}
