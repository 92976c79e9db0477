using EgressNet.Attachments;
using EgressNet.Netlink.Namespaces;
using EgressNet.Plans;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.Attachments;

public sealed class CreationInterruptionTests(ITestOutputHelper output)
{
    [Fact]
    public void A_creation_that_is_cancelled_at_any_change_leaves_nothing()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        string before = node.State;
        int undone = 0;
        int end = Sampling.Sweep(at =>
        {
            if (!IsCancelled(node, attachment, at))
            {
                return false;
            }

            node.StopForwarding();
            Assert.Equal(before, node.State);
            undone++;
            return true;
        });
        output.WriteLine($"cancellation: {undone} changes cancelled and undone");
        Assert.True(end > 10);
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(attachment));
    }

    [Fact]
    public void A_namespace_that_vanishes_at_any_change_leaves_nothing()
    {
        using Node node = new();
        string before = Node.Describe(node.Host);
        int undone = 0;
        int end = Sampling.Sweep(at =>
        {
            if (!Vanishes(node, at, replaced: false))
            {
                return false;
            }

            node.StopForwarding();
            Eventually.True(() => Node.Describe(node.Host) == before);
            undone++;
            return true;
        });
        output.WriteLine($"vanishing namespace: {undone} changes broken and undone");
        Assert.True(end > 10);
    }

    [Fact]
    public void A_namespace_name_that_changes_hands_leaves_nothing_in_either()
    {
        using Node node = new();
        string before = Node.Describe(node.Host);
        Assert.True(Vanishes(node, 7, replaced: true));
        node.StopForwarding();
        Eventually.True(() => Node.Describe(node.Host) == before);
    }

    private static bool IsCancelled(Node node, Attachment attachment, int at)
    {
        using CancellationTokenSource source = new();
        int changes = 0;
        void Report(string change)
        {
            if (++changes == at)
            {
                source.Cancel();
            }
        }

        Exception? thrown = Record.Exception(
            () => new AttachmentCreation(node.Kernel, Report, source.Token).Create(new EgressPlan(attachment)));
        if (changes >= at)
        {
            Assert.IsType<OperationCanceledException>(thrown);
            return true;
        }

        Assert.Null(thrown);
        return false;
    }

    private static bool Vanishes(Node node, int at, bool replaced)
    {
        using LiveNamespace container = new();
        string empty = Node.Describe(container);
        int changes = 0;
        void Report(string change)
        {
            if (++changes == at)
            {
                Tool.Run("ip", "netns", "del", container.Name);
                if (replaced)
                {
                    Tool.Run("ip", "netns", "add", container.Name);
                }
            }
        }

        Attachment attachment = node.FullAttachment() with { Namespace = NamespaceReference.FromName(container.Name) };
        Exception? thrown = Record.Exception(
            () => new AttachmentCreation(node.Kernel, Report).Create(new EgressPlan(attachment)));
        if (changes < at)
        {
            Assert.Null(thrown);
            return false;
        }

        Assert.Equal(AttachmentError.NamespaceGone, Assert.IsType<AttachmentException>(thrown).Reason);
        Assert.Equal(
            $"The network namespace '{container}' went away while pods/c1/eg0 was made.", thrown.Message);
        if (replaced)
        {
            Assert.Equal(empty, Node.Describe(container));
        }

        return true;
    }
}
