using System.Diagnostics;

namespace EgressNet.Netlink.Transport;

/// <summary>The time without an answer to us. It begins when the kernel has taken the request: what it does before, it
/// does while it takes it, however long that is.</summary>
internal struct Silence(TimeSpan most)
{
    private long _since = Stopwatch.GetTimestamp();

    /// <summary>How long to wait still. Once that is zero, what is queued counts: we were late to look, not the
    /// kernel to answer.</summary>
    public readonly TimeSpan Left => most > Elapsed ? most - Elapsed : TimeSpan.Zero;

    /// <summary>Whether answers to others have kept us busy for as long again.</summary>
    public readonly bool IsOver => Elapsed > most * 2;

    private readonly TimeSpan Elapsed => Stopwatch.GetElapsedTime(_since);

    /// <summary>Something was heard.</summary>
    public void Break() => _since = Stopwatch.GetTimestamp();
}
