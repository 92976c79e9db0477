using EgressNet.Netlink.Sockets;

namespace EgressNet;

/// <summary>A TCP socket as cmdlets emit it.</summary>
public sealed class NetTCPConnection : NetSocket<NetTCPConnection>
{
    internal NetTCPConnection(SocketEntry socket, SocketOwners owners, NamespaceOrigin origin)
        : base(socket, owners, origin)
    {
    }

    /// <summary>Its state.</summary>
    public string State => Socket.State.ToString();

    /// <summary>Both ends.</summary>
    /// <returns>Such as <c>10.0.0.5:22 10.0.0.9:50112</c>.</returns>
    public override string ToString() => base.ToString();
}
