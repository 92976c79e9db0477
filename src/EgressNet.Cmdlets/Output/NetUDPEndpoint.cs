using EgressNet.Netlink.Sockets;

namespace EgressNet;

/// <summary>A UDP socket as cmdlets emit it.</summary>
public sealed class NetUDPEndpoint : NetSocket<NetUDPEndpoint>
{
    internal NetUDPEndpoint(SocketEntry socket, SocketOwners owners, NamespaceOrigin origin)
        : base(socket, owners, origin)
    {
    }

    /// <summary>Both ends.</summary>
    /// <returns>Such as <c>0.0.0.0:53 0.0.0.0:0</c>.</returns>
    public override string ToString() => base.ToString();
}
