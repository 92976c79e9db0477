using System.Diagnostics;

namespace EgressNet.Bench.Live;

/// <summary>How long the kernel had the word.</summary>
internal sealed class KernelTime
{
    public long Ticks { get; set; }

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(0, Ticks);
}
