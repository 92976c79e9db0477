using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Namespaces;

namespace EgressNet.Netlink.Transport;

/// <summary>Opens connections in many namespaces, one after another, on one thread of its own instead of a thread
/// for each.</summary>
/// <remarks>Any thread may use it. The namespace last entered is kept alive until another is entered or the
/// connector is disposed; connections live on after that.</remarks>
public sealed class NetlinkConnector : IDisposable
{
    private readonly NamespaceVisitor _visitor = new();

    /// <summary>Opens a connection to the routing subsystem (NETLINK_ROUTE) of an open namespace.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="options">How to wait and retry.</param>
    /// <param name="cancellationToken">Ends every wait of this connection, and so its use.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="NetNamespaceException">It may not be entered.</exception>
    /// <exception cref="NetlinkException">The socket could not be set up.</exception>
    public NetlinkConnection Open(
        NetNamespaceHandle ns,
        NetlinkOptions? options = null,
        CancellationToken cancellationToken = default) =>
        new(_visitor.Run(ns, () => NetlinkConnection.OpenSocket(options)), options, cancellationToken);

    /// <summary>Opens a connection to the routing subsystem (NETLINK_ROUTE) in each of several open namespaces, which
    /// costs less than one after another.</summary>
    /// <param name="namespaces">The namespaces.</param>
    /// <param name="options">How to wait and retry.</param>
    /// <param name="cancellationToken">Ends every wait of these connections, and so their use.</param>
    /// <returns>The connections, in the order of the namespaces.</returns>
    /// <exception cref="NetNamespaceException">One may not be entered; none stays open.</exception>
    /// <exception cref="NetlinkException">A socket could not be set up; none stays open.</exception>
    public IReadOnlyList<NetlinkConnection> Open(
        IReadOnlyList<NetNamespaceHandle> namespaces,
        NetlinkOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        NetlinkSocket[] sockets = _visitor.RunEach(namespaces, () => NetlinkConnection.OpenSocket(options));
        return [.. sockets.Select(socket => new NetlinkConnection(socket, options, cancellationToken))];
    }

    /// <summary>Looks which namespace an open one is, its cookie included.</summary>
    /// <param name="ns">The namespace.</param>
    /// <returns>The identity, without the cookie where the namespace may not be entered.</returns>
    public NetNamespaceIdentity IdentityOf(NetNamespaceHandle ns)
    {
        try
        {
            return ns.Identity with { Cookie = _visitor.Run(ns, NetNamespaceCookie.OfCallingThread) };
        }
        catch (NetNamespaceException closed) when (closed.Reason == NetNamespaceError.AccessDenied)
        {
            return ns.Identity;
        }
    }

    /// <summary>Ends the thread.</summary>
    public void Dispose() => _visitor.Dispose();
}
