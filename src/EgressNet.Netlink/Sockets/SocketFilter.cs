using EgressNet.Netlink.Inet;

namespace EgressNet.Netlink.Sockets;

/// <summary>Which sockets a dump is to give; the kernel filters by all of it. What is left out matches all.</summary>
public readonly record struct SocketFilter
{
    /// <summary>What they speak.</summary>
    public required SocketProtocol Protocol { get; init; }

    /// <summary>One family: that of the socket, whatever it speaks.</summary>
    public AddressFamily Family { get; init; }

    /// <summary>The states; null for all.</summary>
    public IReadOnlyCollection<SocketState>? States { get; init; }

    /// <summary>The own port; 0 for any.</summary>
    public ushort LocalPort { get; init; }

    /// <summary>The other end's port; 0 for any.</summary>
    public ushort RemotePort { get; init; }
}
