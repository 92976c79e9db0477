using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Nat;
using EgressNet.Netlink.Namespaces;
using EgressNet.Nodes;
using EgressNet.Plans;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.Attachments;

/// <summary>Two creations that want one address.</summary>
public sealed class RaceTests
{
    private static readonly int s_rounds = 120 / Sampling.Stride;

    [Fact]
    public void One_of_two_at_once_succeeds_and_the_other_leaves_nothing()
    {
        using Node node = new();
        using LiveNamespace second = new();
        Attachment[] both = Both(node, second);
        EgressKernel[] kernels = [.. both.Select(_ => new EgressKernel(NamespaceReference.FromName(node.Host.Name)))];
        for (int round = 0; round < s_rounds; round++)
        {
            using Barrier barrier = new(both.Length);
            Exception?[] thrown = new Exception?[both.Length];
            Parallel.For(0, both.Length, number =>
            {
                barrier.SignalAndWait();
                thrown[number] = Record.Exception(() => Create(kernels[number], both[number]));
            });
            AssertOneMade(node, both, thrown, $"round {round}");
        }

        Array.ForEach(kernels, kernel => kernel.Dispose());
    }

    [Fact]
    public void Interleaved_at_any_change_one_succeeds_one_leaves_nothing()
    {
        using Node node = new();
        using LiveNamespace other = new();
        Attachment[] both = Both(node, other);
        using EgressKernel kernel = new(NamespaceReference.FromName(node.Host.Name));
        for (int at = 1; ; at++)
        {
            int changes = 0;
            Exception?[] thrown = [null, null];
            thrown[0] = Record.Exception(() => Create(node.Kernel, both[0], _ =>
            {
                if (++changes == at)
                {
                    thrown[1] = Record.Exception(() => Create(kernel, both[1]));
                }
            }));
            if (changes < at)
            {
                Assert.True(at > 10);
                return;
            }

            AssertOneMade(node, both, thrown, $"at change {at}");
        }
    }

    private static Attachment[] Both(Node node, LiveNamespace second) =>
    [
        node.FullAttachment("c1"),
        node.FullAttachment("c2") with { Namespace = NamespaceReference.FromName(second.Name) },
    ];

    private static void Create(EgressKernel kernel, Attachment attachment, Action<string>? report = null) =>
        new AttachmentCreation(kernel, report).Create(new EgressPlan(attachment));

    private static void AssertOneMade(Node node, Attachment[] both, Exception?[] thrown, string when)
    {
        Assert.True(thrown.Count(each => each is null) == 1, $"{when}: {thrown[0]} | {thrown[1]}");
        int made = Array.IndexOf(thrown, null);
        AddressInUseException lost = Assert.IsType<AddressInUseException>(thrown[1 - made]);
        Assert.Contains($"{both[made].Id}", lost.Message);
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(both[made]));
        Assert.Empty(new AttachmentReader(node.Kernel).Read(both[1 - made].Id.ContainerId));
        Assert.Equal(made == 0, node.Container.Ip("-br link show").Contains("eg0"));
        Assert.True(new AttachmentRemoval(node.Kernel).Remove(both[made]));
        Assert.Equal("", node.Records);
    }
}
