using EgressNet.Attachments;
using EgressNet.Nodes;
using EgressNet.Plans;
using EgressNet.Tests.Attachments;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.Killing;

/// <summary>Each operation is killed before each of its changes; what is left is then listed, compared, repaired, removed and
/// replaced.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Theory, InlineData("New"), InlineData("NewForce"), InlineData("Repair"), InlineData("Remove"), InlineData("RemoveMany")]
    public void A_killed_operation_can_be_found_repaired_removed_or_replaced(string operation)
    {
        KilledOperation killed = Enum.Parse<KilledOperation>(operation);
        int changes = CountChanges(killed, out string nothing);
        int first = Sampling.DrawFirst();
        Action<KillJob, EgressKernel>[] sequels = [RepairAndRemove, Remove, Replace];
        List<(KillNode Node, KillJob Job, Action<KillJob, EgressKernel> Sequel)> all =
        [
            .. from at in Enumerable.Range(1, changes)
               where at % Sampling.Stride == first % Sampling.Stride
               from sequel in sequels
               let node = new KillNode()
               select (node, new KillJob(killed, at, node.Host, node.Container), sequel),
        ];
        try
        {
            all.ForEach(each => each.Job.Prepare(each.Node.Kernel));
            KillChild.Run(all.Select(each => each.Job));
            foreach ((KillNode node, KillJob job, Action<KillJob, EgressKernel> sequel) in all)
            {
                Exception? fault = Record.Exception(() => sequel(job, node.Kernel));
                Assert.True(fault is null, $"{sequel.Method.Name} after {job}: {fault}");
                Assert.True(nothing == node.State, $"{sequel.Method.Name} after {job} leaves\n{node.State}");
            }
        }
        finally
        {
            all.ForEach(each => each.Node.Dispose());
        }

        output.WriteLine($"killed before each of {changes} changes, {sequels.Length} sequels of each");
        Assert.True(changes > 5);
    }

    private static int CountChanges(KilledOperation operation, out string nothing)
    {
        using KillNode node = new();
        nothing = node.State;
        KillJob job = new(operation, 0, node.Host, node.Container);
        job.Prepare(node.Kernel);
        int changes = 0;
        job.Run(() => changes++);
        return changes;
    }

    private static void RepairAndRemove(KillJob job, EgressKernel kernel)
    {
        foreach (Attachment left in Find(kernel))
        {
            _ = new AttachmentInspection(kernel).Inspect(left).Count;
            new AttachmentRepair(kernel).Repair(new EgressPlan(left));
            Assert.Empty(new AttachmentInspection(kernel).Inspect(left));
        }

        Assert.All(Find(kernel), each => Assert.Empty(new AttachmentInspection(kernel).Inspect(each)));
        Remove(job, kernel);
    }

    private static void Remove(KillJob job, EgressKernel kernel)
    {
        AttachmentRemoval removal = new(kernel);
        foreach (Attachment left in Find(kernel))
        {
            Assert.True(removal.Remove(left));
        }

        Assert.Empty(Find(kernel));
        removal.RemoveTableIfEmpty();
    }

    private static void Replace(KillJob job, EgressKernel kernel)
    {
        new AttachmentCreation(kernel).Create(new EgressPlan(job.Wanted), replace: true);
        Assert.All(Find(kernel, "c1"), each => Assert.Empty(new AttachmentInspection(kernel).Inspect(each)));
        Remove(job, kernel);
    }

    private static Attachment[] Find(EgressKernel kernel, params string[] containers) =>
    [
        .. (containers is [] ? ["c1", "c2"] : containers)
            .SelectMany(container => new AttachmentReader(kernel).Read(container)).Select(each => each.Attachment),
    ];
}
