using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Namespaces;

namespace EgressNet.Netlink.Transport;

public sealed partial class NetlinkConnection
{
    /// <summary>Opens a connection to the routing subsystem (NETLINK_ROUTE) of a namespace. Any thread may use it
    /// afterwards; no thread's namespace is changed but that of a short-lived one of our own.</summary>
    /// <param name="ns">The namespace; null for that of the calling thread.</param>
    /// <param name="options">How to wait and retry.</param>
    /// <param name="cancellationToken">Ends every wait of this connection, and so its use.</param>
    /// <exception cref="NetNamespaceException">There is no such namespace, or it may not be entered.</exception>
    /// <exception cref="NetlinkException">The socket could not be set up.</exception>
    public static NetlinkConnection Open(
        NamespaceReference? ns = null,
        NetlinkOptions? options = null,
        CancellationToken cancellationToken = default) =>
        new(NamespaceThread.Run(ns ?? NamespaceReference.Current, () => OpenSocket(options)), options, cancellationToken);

    /// <summary>Opens a connection to the packet filter (NETLINK_NETFILTER) of a namespace, used like one to the
    /// routing subsystem.</summary>
    /// <param name="ns">The namespace; null for that of the calling thread.</param>
    /// <param name="options">How to wait and retry.</param>
    /// <param name="cancellationToken">Ends every wait of this connection, and so its use.</param>
    /// <exception cref="NetNamespaceException">There is no such namespace, or it may not be entered.</exception>
    /// <exception cref="NetlinkException">The socket could not be set up: EPROTONOSUPPORT without netfilter.</exception>
    public static NetlinkConnection OpenNetfilter(
        NamespaceReference? ns = null,
        NetlinkOptions? options = null,
        CancellationToken cancellationToken = default) =>
        new(
            NamespaceThread.Run(
                ns ?? NamespaceReference.Current,
                () => OpenSocket(options, NfnetlinkConstants.NETLINK_NETFILTER)),
            options,
            cancellationToken);

    /// <summary>Opens a connection that tells of the sockets of a namespace (NETLINK_SOCK_DIAG), used like one to the
    /// routing subsystem.</summary>
    /// <param name="ns">The namespace; null for that of the calling thread.</param>
    /// <param name="options">How to wait and retry.</param>
    /// <param name="cancellationToken">Ends every wait of this connection, and so its use.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="NetNamespaceException">There is no such namespace, or it may not be entered.</exception>
    /// <exception cref="NetlinkException">The socket could not be set up: EPROTONOSUPPORT where the kernel does not tell
    /// of sockets.</exception>
    public static NetlinkConnection OpenSocketDiagnostics(
        NamespaceReference? ns = null,
        NetlinkOptions? options = null,
        CancellationToken cancellationToken = default) =>
        new(
            NamespaceThread.Run(
                ns ?? NamespaceReference.Current,
                () => OpenSocket(options, InetDiagConstants.NETLINK_SOCK_DIAG)),
            options,
            cancellationToken);

    internal static NetlinkSocket OpenSocket(NetlinkOptions? options, int protocol = NetlinkConstants.NETLINK_ROUTE) =>
        NetlinkSocket.Open(protocol, options ?? NetlinkOptions.Default);
}
