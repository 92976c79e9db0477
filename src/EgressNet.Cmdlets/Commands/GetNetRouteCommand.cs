using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Errors;
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
public sealed class GetNetRouteCommand : NetRouteFilterBase
{
    [Parameter(Position = 0, ParameterSetName = ParameterSet.ByName)]
    [SupportsWildcards]
    [TextArgument]
    [ArgumentCompleter(typeof(RouteCompleter))]
    public string[]? DestinationPrefix { get; set; }

    [Parameter]
    [ValueTransformation(IsList = true)]
    public RouteType[]? RouteType { get; set; }

    [Parameter]
    [Alias("Source", "Src")]
    [TextArgument]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AddressCompleter))]
    public string[]? PreferredSource { get; set; }

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
            RouteQuery query = Query(TableOfObjects);
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

        WriteNotFound(query.Unmatched, ErrorId.RouteNotFound, destination => $"No route to {destination}{InNamespace}.");
    }

    private RouteQuery Query(uint table) => Filter(DestinationPrefix, table) with
    {
        RouteType = RouteType,
        PreferredSource = PreferredSource,
    };
}
