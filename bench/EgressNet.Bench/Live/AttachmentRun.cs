using System.Diagnostics;

namespace EgressNet.Bench.Live;

/// <summary>Whole attachments made and removed, however many are there: veth pair, both ends up, address, routes, the
/// host's side, source NAT.</summary>
internal static class AttachmentRun
{
    private const int First = 2;
    private const int Each = 50;
    private const int Rounds = 7;
    private static readonly int[] s_levels = [1, 100, 1_000, 5_000];

    public static void Run()
    {
        using AttachmentNode node = new();
        List<Series> table = [];
        List<(int Level, TimeSpan Own, string Kernel)> own = [];
        Series? firstMade = null;
        Series? firstRemoved = null;
        int there = First;
        node.MakeNamespaces(First + Each);
        Warm(node);
        foreach (int level in s_levels)
        {
            node.MakeNamespaces(First + level + Each);
            for (; there < First + level; there++)
            {
                node.Make(there);
            }

            Series made = new($"made, {level:N0} there", Each, firstMade is null ? [] : [firstMade]);
            Series removed = new($"removed, {level:N0} there", Each, firstRemoved is null ? [] : [firstRemoved]);
            List<TimeSpan> ownTimes = [];
            string kernel = "";
            for (int round = 0; round < Rounds; round++)
            {
                node.KernelTime.Clear();
                long started = Stopwatch.GetTimestamp();
                made.Measure(() => ForEach(there, node.Make));
                ownTimes.Add((Stopwatch.GetElapsedTime(started)
                    - Stopwatch.GetElapsedTime(0, node.KernelTime.Ticks)) / Each);
                kernel = node.KernelTime.Describe(Each);
                removed.Measure(() => ForEach(there, node.Remove));
            }

            table.AddRange([made, removed]);
            own.Add((level, ownTimes.Order().ElementAt(Rounds / 2), kernel));
            (firstMade, firstRemoved) = (firstMade ?? made, firstRemoved ?? removed);
        }

        Report.Print("Attachments", table);
        foreach ((int level, TimeSpan time, string kernel) in own)
        {
            Report.Line($"  our own time for one, {level:N0} there: {time.TotalMilliseconds:0.000} ms");
            Report.Line($"    the kernel's: {kernel}");
        }

        foreach (Series series in table.Where(series => series.Name.StartsWith("made", StringComparison.Ordinal)))
        {
            double each = series.ProcessorMedian.TotalMilliseconds / Each;
            Report.Line($"  processor time for one {series.Name}: {each:0.00} ms");
        }

        Report.Line($"  peak memory: {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:0} MiB");
    }

    private static void Warm(AttachmentNode node)
    {
        for (int i = 0; i < Rounds; i++)
        {
            ForEach(First, node.Make);
            ForEach(First, node.Remove);
        }
    }

    private static void ForEach(int first, Action<int> work)
    {
        for (int number = first; number < first + Each; number++)
        {
            work(number);
        }
    }
}
