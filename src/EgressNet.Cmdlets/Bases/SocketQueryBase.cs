using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Sockets;
using EgressNet.Netlink.Transport;
using EgressNet.Queries;
using EgressNet.Transformations;

namespace EgressNet.Bases;

/// <summary>A cmdlet that lists sockets of one protocol.</summary>
public abstract class SocketQueryBase : NamespaceCommandBase
{
    /// <summary>Own addresses, or wildcards.</summary>
    [Parameter(Position = 0)]
    [TextArgument]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SocketCompleter))]
    public string[]? LocalAddress { get; set; }

    /// <summary>Own ports.</summary>
    [Parameter(Position = 1)]
    [ValueTransformation(IsList = true)]
    [ArgumentCompleter(typeof(SocketCompleter))]
    public ushort[]? LocalPort { get; set; }

    /// <summary>Addresses of the other end, or wildcards.</summary>
    [Parameter]
    [TextArgument]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SocketCompleter))]
    public string[]? RemoteAddress { get; set; }

    /// <summary>Ports of the other end.</summary>
    [Parameter]
    [ValueTransformation(IsList = true)]
    [ArgumentCompleter(typeof(SocketCompleter))]
    public ushort[]? RemotePort { get; set; }

    /// <summary>One family: that of the socket.</summary>
    [Parameter]
    [ValueTransformation]
    [ValidateSet("IPv4", "IPv6")]
    public AddressFamily? AddressFamily { get; set; }

    /// <summary>Processes that hold it.</summary>
    [Parameter]
    [ValueTransformation(IsList = true)]
    [ArgumentCompleter(typeof(SocketCompleter))]
    public int[]? OwningProcess { get; set; }

    private protected override Subject Subject => Subject.Socket;

    private protected abstract SocketProtocol Protocol { get; }

    private protected virtual SocketState[]? States => null;

    private protected abstract object ToOutput(SocketEntry socket, SocketOwners owners, NamespaceOrigin origin);

    private protected override void ProcessItem() => Attempt(NetNamespace, () =>
    {
        SocketQuery query = new(Protocol)
        {
            LocalAddress = LocalAddress,
            LocalPort = LocalPort,
            RemoteAddress = RemoteAddress,
            RemotePort = RemotePort,
            AddressFamily = AddressFamily,
            State = States,
            OwningProcess = OwningProcess,
        };
        SocketOwners owners = new();
        NamespaceOrigin origin = Session.Origin;
        using NetlinkConnection connection = NetlinkConnection.OpenSocketDiagnostics(origin.Reference, null, StopToken);
        foreach (SocketEntry socket in query.Run(connection, owners))
        {
            WriteObject(ToOutput(socket, owners, origin));
        }

        WriteNotFound(query.Unmatched, ErrorId.SocketNotFound, text => $"No socket has {text}{InNamespace}.");
    });
}
