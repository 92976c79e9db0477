using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Sockets;

namespace EgressNet;

/// <summary>What TCP and UDP sockets have alike.</summary>
/// <typeparam name="T">The type itself.</typeparam>
public abstract class NetSocket<T> : Comparable<T>
    where T : NetSocket<T>
{
    private readonly SocketOwners _owners;
    private readonly NamespaceOrigin _origin;

    private protected NetSocket(SocketEntry socket, SocketOwners owners, NamespaceOrigin origin) =>
        (Socket, _owners, _origin) = (socket, owners, origin);

    /// <summary>Its own address; the unspecified one for any. One of its link has the interface's index behind a percent
    /// sign.</summary>
    public string LocalAddress => TextOf(Socket.LocalAddress);

    /// <summary>Its own port.</summary>
    public ushort LocalPort => Socket.LocalPort;

    /// <summary>The other end's address; the unspecified one for none.</summary>
    public string RemoteAddress => TextOf(Socket.RemoteAddress);

    /// <summary>The other end's port, 0 for none.</summary>
    public ushort RemotePort => Socket.RemotePort;

    /// <summary>The process that holds it, 0 where none does or nobody may say. It is looked for when first asked.</summary>
    public int OwningProcess => _owners.Find(Socket.Inode);

    /// <summary>The user that made it.</summary>
    public uint UserId => Socket.UserId;

    /// <summary>The namespace it is in, by name or path; null for the caller's own.</summary>
    public string? NetNamespace => _origin.Text;

    internal SocketEntry Socket { get; }

    private protected sealed override IEnumerable<object?> Compared =>
        [NetNamespace, Socket.State, UserId, Socket.Inode, Socket.Cookie];

    /// <summary>Both ends.</summary>
    /// <returns>Such as <c>10.0.0.5:22 10.0.0.9:50112</c>.</returns>
    public override string ToString() => $"{LocalAddress}:{LocalPort} {RemoteAddress}:{RemotePort}";

    private protected sealed override int CompareKey(T other) => KeyOf(Socket).CompareTo(KeyOf(other.Socket));

    private static (InetAddress, ushort, InetAddress, ushort, int) KeyOf(SocketEntry socket) =>
        (socket.LocalAddress, socket.LocalPort, socket.RemoteAddress, socket.RemotePort, socket.InterfaceIndex);

    private string TextOf(InetAddress address) => address is { Family: AddressFamily.IPv6, IsLinkLocal: true }
        && Socket.InterfaceIndex != 0 ? $"{address}%{Socket.InterfaceIndex}" : $"{address}";
}
