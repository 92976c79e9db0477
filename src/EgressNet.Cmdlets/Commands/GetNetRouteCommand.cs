using System.Management.Automation;
using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Queries;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Lists routes, each as soon as the kernel hands it over.</summary>
[Cmdlet(
    VerbsCommon.Get,
    "NetRoute",
    DefaultParameterSetName = ParameterSet.ByName,
    HelpUri = DocumentationLink.Root + "Get-NetRoute.md")]
[OutputType(typeof(NetRoute))]
public sealed class GetNetRouteCommand : InterfaceFilterBase
{
    /// <summary>Destinations, or wildcards over their text.</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSet.ByName)]
    [SupportsWildcards]
    [TextArgument]
    [ArgumentCompleter(typeof(RouteCompleter))]
    public string[]? DestinationPrefix { get; set; }

    /// <summary>Gateways, or wildcards; 0.0.0.0 and :: stand for on-link.</summary>
    [Parameter]
    [Alias("Gateway")]
    [TextArgument]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RouteCompleter))]
    public string[]? NextHop { get; set; }

    /// <summary>One family.</summary>
    [Parameter]
    [ValueTransformation]
    [ValidateSet("IPv4", "IPv6")]
    public AddressFamily? AddressFamily { get; set; }

    /// <summary>Metrics.</summary>
    [Parameter]
    [Alias("Metric")]
    [ValueTransformation(IsList = true)]
    [ArgumentCompleter(typeof(RouteCompleter))]
    public uint[]? RouteMetric { get; set; }

    /// <summary>Who installed them.</summary>
    [Parameter]
    [RouteProtocolTransformation(IsList = true)]
    [ArgumentCompleter(typeof(RouteProtocolCompleter))]
    public RouteProtocol[]? Protocol { get; set; }

    /// <summary>Scopes.</summary>
    [Parameter]
    [ValueTransformation(IsList = true)]
    public RouteScope[]? Scope { get; set; }

    /// <summary>A table: main unless given, local, default, all, or a number.</summary>
    [Parameter]
    [RouteTableTransformation]
    [ArgumentCompleter(typeof(RouteTableCompleter))]
    public uint RouteTable { get; set; } = Netlink.Routes.RouteTable.Main;

    /// <summary>Types.</summary>
    [Parameter]
    [ValueTransformation(IsList = true)]
    public RouteType[]? RouteType { get; set; }

    /// <summary>Preferred source addresses, or wildcards.</summary>
    [Parameter]
    [Alias("Source", "Src")]
    [TextArgument]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AddressCompleter))]
    public string[]? PreferredSource { get; set; }

    /// <summary>Routes as read, to be read anew.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSet.ByInputObject, ValueFromPipeline = true)]
    [CopyTransformation(typeof(NetRoute))]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public NetRoute[] InputObject { get; set; } = [];

    private protected override Subject Subject => Subject.Route;

    private protected override void ProcessItem()
    {
        if (ParameterSetName == ParameterSet.ByName)
        {
            Attempt(NetNamespace, List);
        }

        ForEach(InputObject, known =>
        {
            NetRoute here = Follow(known);
            RouteQuery query = Query(IsGiven(nameof(RouteTable)) ? RouteTable : 0);
            WriteObject(query.Again(Session, here), enumerateCollection: true);
        });
    }

    private void List()
    {
        RouteQuery query = Query(RouteTable);
        foreach (NetRoute route in query.Run(Session))
        {
            WriteObject(route);
        }

        foreach (string destination in query.UnmatchedDestinations)
        {
            WriteError($"No route to {destination}{InNamespace}."
                .ToNotFoundError(ErrorId.RouteNotFound, destination));
        }
    }

    private RouteQuery Query(uint table) => new(DestinationPrefix)
    {
        InterfaceAlias = MeantAlias,
        InterfaceIndex = MeantIndex,
        NextHop = NextHop,
        AddressFamily = AddressFamily,
        RouteMetric = RouteMetric,
        Protocol = Protocol,
        Scope = Scope,
        RouteTable = table,
        RouteType = RouteType,
        PreferredSource = PreferredSource,
    };
}
