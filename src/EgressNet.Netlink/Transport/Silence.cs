using System.Diagnostics;

namespace EgressNet.Netlink.Transport;

/// <summary>The time without a reply to this request. It starts when send(2) returns: the kernel carries out changes within
/// it, however long that takes.</summary>
internal struct Silence(TimeSpan most)
{
    private long _since = Stopwatch.GetTimestamp();

    /// <summary>The time left to wait. Once it is zero, replies that are queued already are still read.</summary>
    public readonly TimeSpan Left => most > Elapsed ? most - Elapsed : TimeSpan.Zero;

    /// <summary>Whether messages that are not for this request have taken up another timeout.</summary>
    public readonly bool IsOver => Elapsed > most * 2;

    private readonly TimeSpan Elapsed => Stopwatch.GetElapsedTime(_since);

    /// <summary>Something was heard.</summary>
    public void Break() => _since = Stopwatch.GetTimestamp();
}
