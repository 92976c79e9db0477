using EgressNet.Netlink.Transport;

namespace EgressNet.Netlink.Sockets;

/// <summary>Sockets on a connection.</summary>
public static class SocketExtensions
{
    extension(NetlinkConnection connection)
    {
        /// <summary>The sockets of the connection's namespace. The connection is one that
        /// <see cref="NetlinkConnection.OpenSocketDiagnostics"/> opened.</summary>
        public SocketOperations Sockets => new(connection);
    }
}
