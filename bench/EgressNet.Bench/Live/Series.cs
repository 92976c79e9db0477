using System.Diagnostics;

namespace EgressNet.Bench.Live;

/// <summary>The times of one thing over the rounds of a run, and the peers it is set against.</summary>
internal sealed class Series(string name, int count, params Series[] peers)
{
    private readonly List<TimeSpan> _times = [];
    private readonly List<TimeSpan> _processorTimes = [];

    public string Name => name;

    public int Count => count;

    public IEnumerable<Series> Peers => peers.Where(peer => !peer.IsEmpty);

    public bool IsEmpty => _times.Count == 0;

    public TimeSpan Median => _times.Order().ElementAt(_times.Count / 2);

    /// <summary>What the process itself took, the kernel's work for it included: it does not depend on what else runs.
    /// </summary>
    public TimeSpan ProcessorMedian => _processorTimes.Order().ElementAt(_processorTimes.Count / 2);

    public double Rate => count / Median.TotalSeconds;

    public void Add(TimeSpan time) => _times.Add(time);

    public void Measure(Action work)
    {
        // What earlier rounds left behind is not this one's to collect.
        GC.Collect();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        Stopwatch watch = Stopwatch.StartNew();
        work();
        Add(watch.Elapsed);
        _processorTimes.Add(Environment.CpuUsage.TotalTime - before);
    }
}
