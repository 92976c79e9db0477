namespace EgressNet.Bench.Live;

/// <summary>One attachment removed beside many tracked connections of others.</summary>
internal static class ConntrackRun
{
    private const int Number = 2;
    private const int Rounds = 9;
    private const string File = $"{PrivateNamespaces.Folder}/flows";
    private static readonly int[] s_levels = [0, 180_000];

    public static void Run()
    {
        if (!Peer.Has("conntrack --version"))
        {
            return;
        }

        using AttachmentNode node = new();
        node.MakeNamespaces(Number + 1);
        List<Series> table = [];
        List<(int Level, long Bytes)> allocated = [];
        int there = 0;
        foreach (int level in s_levels)
        {
            Track(there, level);
            there = level;
            Series removed = new($"removed, {level:N0} connections tracked", 1);
            long bytes = 0;
            for (int round = 0; round < Rounds; round++)
            {
                node.Make(Number);
                long before = GC.GetAllocatedBytesForCurrentThread();
                removed.Measure(() => node.Remove(Number));
                bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            }

            table.Add(removed);
            allocated.Add((level, bytes));
        }

        Report.Print("Removal beside tracked connections", table);
        foreach (((int level, long bytes), Series series) in allocated.Zip(table))
        {
            double time = series.ProcessorMedian.TotalMilliseconds;
            Report.Line($"  {series.Name}: {bytes / 1024.0:N0} KiB allocated, {time:N0} ms of processor time");
        }
    }

    private static void Track(int from, int to)
    {
        const string rest = "-d 192.0.2.1 --sport 1000 --dport 53 -t 6000";
        System.IO.File.WriteAllLines(File, Enumerable.Range(from, to - from).Select(
            i => $"-I -p udp -s 172.{16 + i / 65536}.{i / 256 % 256}.{i % 256} {rest}"));
        if (to > from)
        {
            Peer.Time($"conntrack -R {File} > {File}.log 2>&1");
        }
    }
}
