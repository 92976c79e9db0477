namespace EgressNet.Netlink.Transport;

/// <summary>How a connection waits and retries.</summary>
public sealed record NetlinkOptions
{
    /// <summary>The options used where none are given.</summary>
    public static NetlinkOptions Default { get; } = new();

    /// <summary>The longest wait for any one reply. Default 10 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The kernel's receive queue in bytes, beyond net.core.rmem_max where CAP_NET_ADMIN allows.
    /// Default 1 MiB.</summary>
    public int SocketBufferBytes { get; init; } = 1 << 20;

    /// <summary>The first size of the receive buffer in bytes, at least 32 KiB since the kernel fits its dumps to it, and no
    /// more than that. Default 32 KiB.</summary>
    public int ReceiveBufferBytes { get; init; } = 32 * 1024;

    /// <summary>How long a dump that changes underneath is read again, with growing pauses, before it is an error.
    /// Default 10 seconds.</summary>
    public TimeSpan DumpTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
