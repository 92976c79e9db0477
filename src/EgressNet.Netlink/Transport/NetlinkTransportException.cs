namespace EgressNet.Netlink.Transport;

/// <summary>Why a conversation with the kernel failed as a whole.</summary>
public enum NetlinkTransportError
{
    /// <summary>No reply within the connection's timeout.</summary>
    TimedOut,

    /// <summary>The kernel dropped replies (ENOBUFS): what the requests did is unknown until read back.</summary>
    RepliesLost,

    /// <summary>A dump changed under every attempt to read it (NLM_F_DUMP_INTR).</summary>
    DumpInterrupted,

    /// <summary>A datagram was longer than the receive buffer and could not be asked for again.</summary>
    Truncated,

    /// <summary>The connection failed or was cancelled earlier and is not used again.</summary>
    Broken,
}

/// <summary>A conversation with the kernel that failed as a whole, as against one refused request.</summary>
public class NetlinkTransportException : IOException
{
    /// <summary>Creates the error.</summary>
    /// <param name="reason">Why it failed.</param>
    /// <param name="message">The same for a person.</param>
    /// <param name="innerException">What broke the connection, if anything.</param>
    public NetlinkTransportException(NetlinkTransportError reason, string message, Exception? innerException = null)
        : base(message, innerException) => Reason = reason;

    /// <summary>Why it failed.</summary>
    public NetlinkTransportError Reason { get; }
}

/// <summary>A dump that the kernel flagged as inconsistent each time it was read.</summary>
/// <typeparam name="T">The record type of the dump.</typeparam>
public sealed class NetlinkDumpInterruptedException<T> : NetlinkTransportException
{
    /// <summary>Creates the error.</summary>
    /// <param name="operation">What was dumped.</param>
    /// <param name="attempts">How often it was tried.</param>
    /// <param name="partial">What the last attempt read.</param>
    public NetlinkDumpInterruptedException(NetlinkOperation operation, int attempts, IReadOnlyList<T> partial)
        : base(
            NetlinkTransportError.DumpInterrupted,
            $"{operation}: the kernel's state changed during each of {attempts} attempts to read it.") =>
        Partial = partial;

    /// <summary>The result of the last attempt: possibly incomplete or with stale entries.</summary>
    public IReadOnlyList<T> Partial { get; }
}
