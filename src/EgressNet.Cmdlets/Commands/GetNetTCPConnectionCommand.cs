using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Netlink.Sockets;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Lists TCP sockets, each as soon as the kernel hands it over.</summary>
[Cmdlet(VerbsCommon.Get, "NetTCPConnection", HelpUri = DocumentationLink.Root + "Get-NetTCPConnection.md")]
[OutputType(typeof(NetTCPConnection))]
public sealed class GetNetTCPConnectionCommand : SocketQueryBase
{
    /// <summary>States.</summary>
    [Parameter]
    [ValueTransformation(IsList = true)]
    public SocketState[]? State { get; set; }

    private protected override SocketProtocol Protocol => SocketProtocol.Tcp;

    private protected override SocketState[]? States => State;

    private protected override object ToOutput(SocketEntry socket, SocketOwners owners, NamespaceOrigin origin) =>
        new NetTCPConnection(socket, owners, origin);
}
