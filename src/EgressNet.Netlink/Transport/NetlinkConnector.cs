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

    /// <summary>Ends the thread.</summary>
    public void Dispose() => _visitor.Dispose();
}
