using EgressNet.Attachments;
using EgressNet.Operations;
using EgressNet.Plans;

namespace EgressNet.Bench.Live;

/// <summary>All attachments of a node read, tested, repaired and removed in one go, and one of them by its id.
/// </summary>
internal static class AllAttachmentsRun
{
    private const int First = 2;
    private const int Rounds = 3;
    private static readonly int[] s_levels = [20, 200, 2_000];

    public static void Run()
    {
        using AttachmentNode node = new();
        Measure(node, s_levels[0]);
        Series[] table = [.. s_levels.SelectMany(level => Measure(node, level))];
        Report.Print("All attachments of a node", table);
        foreach (Series series in table)
        {
            Report.Line($"  processor time, {series.Name}: {series.ProcessorMedian.TotalMilliseconds:N0} ms");
        }
    }

    private static Series[] Measure(AttachmentNode node, int count)
    {
        Series read = new($"read, all {count:N0}", count);
        Series tested = new($"tested, all {count:N0}", count);
        Series repaired = new($"repaired, all {count:N0}, of which none differs", count);
        Series one = new($"tested, one of {count:N0} by its id", 1);
        Series removed = new($"removed, all {count:N0}", count);
        node.MakeNamespaces(First + count);
        for (int round = 0; round < Rounds; round++)
        {
            for (int number = First; number < First + count; number++)
            {
                node.Make(number);
            }

            Attachment[] all = [];
            read.Measure(() => all = [.. new AttachmentReader(node.Kernel).Read().Select(each => each.Attachment)]);
            tested.Measure(() => Test(node, all));
            repaired.Measure(() => Array.ForEach(
                all, each => new AttachmentRepair(node.Kernel).Repair(new EgressPlan(each))));
            one.Measure(() => Test(node, new AttachmentReader(node.Kernel).Read("c7").Select(each => each.Attachment)));
            removed.Measure(() => Remove(node, all));
        }

        return [read, tested, repaired, one, removed];
    }

    private static void Test(AttachmentNode node, IEnumerable<Attachment> attachments)
    {
        AttachmentInspection inspection = new(node.Kernel);
        foreach (Attachment each in attachments)
        {
            if (inspection.Inspect(each) is [var finding, ..])
            {
                throw new InvalidOperationException($"{each.Id}: {finding}");
            }
        }
    }

    private static void Remove(AttachmentNode node, Attachment[] attachments)
    {
        AttachmentRemoval removal = new(node.Kernel);
        if (removal.Remove(attachments).FirstOrDefault(each => !each.WasThere || each.Fault is not null) is { } other)
        {
            throw new InvalidOperationException($"{other.Attachment.Id}: {other.Fault?.Message ?? "is not there"}");
        }

        removal.RemoveTableIfEmpty();
    }
}
