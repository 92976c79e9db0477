using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Queries;
using EgressNet.Sessions;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Asks the kernel which way it would take, and from which address.</summary>
[Cmdlet(
    VerbsCommon.Find,
    "NetRoute",
    DefaultParameterSetName = ParameterSet.ByInterface,
    HelpUri = DocumentationLink.Root + "Find-NetRoute.md")]
[OutputType(typeof(NetIPAddress), typeof(NetRoute))]
public sealed class FindNetRouteCommand : InterfaceCommandBase
{
    /// <summary>Where to.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [InetAddressTransformation(IsList = true, IsText = true)]
    [ArgumentCompleter(typeof(RouteCompleter))]
    public InetAddress[] RemoteIPAddress { get; set; } = [];

    /// <summary>From which own address; with an incoming interface, the source of the packet.</summary>
    [Parameter]
    [InetAddressTransformation(IsText = true)]
    [ArgumentCompleter(typeof(AddressCompleter))]
    public InetAddress? LocalIPAddress { get; set; }

    /// <summary>The interface that the packet came in by, to be forwarded.</summary>
    [Parameter]
    [TextArgument]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public string? IncomingInterfaceAlias { get; set; }

    /// <summary>The packet's firewall mark.</summary>
    [Parameter]
    [MarkTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public uint? Mark { get; set; }

    /// <summary>The user id of the socket that sends it.</summary>
    [Parameter]
    [ValueTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public uint? UserId { get; set; }

    private protected override Subject Subject => Subject.Route;

    private protected override void ProcessItem() => ForEach(RemoteIPAddress, Find);

    private void Find(InetAddress remote)
    {
        InterfaceLookup interfaces = new(Session);
        RouteLookup packet = new()
        {
            Destination = remote,
            Source = LocalIPAddress ?? default,
            InterfaceIndex = NamedInterface is { } named ? interfaces.Require(named).Index : 0,
            IncomingIndex = IncomingInterfaceAlias is { } incoming ? interfaces.Require(incoming).Index : 0,
            Mark = Mark,
            UserId = UserId,
        };
        (NetIPAddress? source, NetRoute route) = new RouteSearch(Session, packet, InNamespace).Run();
        if (source is not null)
        {
            WriteObject(source);
        }

        WriteObject(route);
    }
}
