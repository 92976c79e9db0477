using System.Diagnostics;

namespace EgressNet.Netlink.Transport;

/// <summary>Retries an interrupted dump with growing pauses, until a deadline.</summary>
internal sealed class DumpRetry(TimeSpan most, CancellationToken cancellation)
{
    private const int LongestPauseMilliseconds = 256;
    private readonly long _started = Stopwatch.GetTimestamp();
    private int _pause = 1;

    /// <summary>How often the dump was read.</summary>
    public int Attempts { get; private set; } = 1;

    /// <summary>Pauses before the next attempt.</summary>
    /// <returns>False once it is too late for one.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public bool TryAgain()
    {
        TimeSpan left = most - Stopwatch.GetElapsedTime(_started);
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        cancellation.WaitHandle.WaitOne((int)Math.Min(_pause, Math.Ceiling(left.TotalMilliseconds)));
        cancellation.ThrowIfCancellationRequested();
        _pause = Math.Min(_pause * 2, LongestPauseMilliseconds);
        Attempts++;
        return true;
    }
}
