using EgressNet.Netlink.Inet;

namespace EgressNet.Netlink.Sockets;

/// <summary>One TCP or UDP socket of a namespace, as read.</summary>
public sealed record SocketEntry
{
    /// <summary>What it speaks.</summary>
    public required SocketProtocol Protocol { get; init; }

    /// <summary>Its state.</summary>
    public required SocketState State { get; init; }

    /// <summary>Its own address; the unspecified one for any. A socket of IPv6 that speaks IPv4 has addresses such as
    /// <c>::ffff:192.0.2.5</c>.</summary>
    public required InetAddress LocalAddress { get; init; }

    /// <summary>Its own port, 0 for none.</summary>
    public required ushort LocalPort { get; init; }

    /// <summary>The other end's address; the unspecified one for none.</summary>
    public required InetAddress RemoteAddress { get; init; }

    /// <summary>The other end's port, 0 for none.</summary>
    public required ushort RemotePort { get; init; }

    /// <summary>The interface that it is bound to, or whose link its addresses are of; 0 for none.</summary>
    public int InterfaceIndex { get; init; }

    /// <summary>The user that made it.</summary>
    public uint UserId { get; init; }

    /// <summary>Its inode, which leads to the processes that hold it; 0 where none does any more.</summary>
    public uint Inode { get; init; }

    /// <summary>The number that the kernel gives once to it.</summary>
    public ulong Cookie { get; init; }

    /// <summary>The socket in the words of <c>ss</c>.</summary>
    /// <returns>Such as <c>Tcp Listen 0.0.0.0:22</c>.</returns>
    public override string ToString() => $"{Protocol} {State} {LocalAddress}:{LocalPort} {RemoteAddress}:{RemotePort}";
}
