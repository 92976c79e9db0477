using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Netlink.Sockets;

namespace EgressNet.Commands;

/// <summary>Lists UDP sockets, each as soon as the kernel hands it over.</summary>
[Cmdlet(VerbsCommon.Get, "NetUDPEndpoint", HelpUri = DocumentationLink.Root + "Get-NetUDPEndpoint.md")]
[OutputType(typeof(NetUDPEndpoint))]
public sealed class GetNetUDPEndpointCommand : SocketQueryBase
{
    private protected override SocketProtocol Protocol => SocketProtocol.Udp;

    private protected override object ToOutput(SocketEntry socket, SocketOwners owners, NamespaceOrigin origin) =>
        new NetUDPEndpoint(socket, owners, origin);
}
