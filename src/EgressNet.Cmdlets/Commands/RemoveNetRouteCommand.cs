using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Batches;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Routes;
using EgressNet.Queries;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Removes routes: one by its key, all of an interface, or exactly those piped in.</summary>
[Cmdlet(
    VerbsCommon.Remove,
    "NetRoute",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByInputObject,
    HelpUri = DocumentationLink.Root + "Remove-NetRoute.md")]
[OutputType(typeof(NetRoute))]
public sealed class RemoveNetRouteCommand : NetRouteFilterBase
{
    private RouteQuery? _filter;

    [Parameter(Position = 0, ParameterSetName = ParameterSet.ByName)]
    [TextArgument(typeof(NetRoute))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RouteCompleter))]
    public string[] DestinationPrefix { get; set; } = [];

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet.ByInputObject, ValueFromPipeline = true)]
    [CopyTransformation(typeof(NetRoute), TakesInterfaces = true)]
    [ArgumentCompleter(typeof(NameOrObjectCompleter<RouteCompleter>))]
    public NetRoute[] InputObject { get; set; } = [];

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override Subject Subject => Subject.Route;

    private protected override void ProcessItem()
    {
        if (ParameterSetName == ParameterSet.ByName && DestinationPrefix.Length == 0)
        {
            Attempt(NetNamespace, RemoveByInterface);
        }

        ForEach(DestinationPrefix, RemoveByName);
        ForEach(InputObject, route =>
        {
            NetRoute here = Follow(route);
            if ((_filter ??= Filter(null, TableOfObjects)).Wants(here.Route))
            {
                Remove(here);
            }
        });
    }

    private void RemoveByName(string name)
    {
        RouteQuery query = Filter([name], RouteTable);
        List<NetRoute> found = [.. query.Run(Session)];
        if (found.Count > 1 && !Force && !query.HasWildcard)
        {
            throw new ErrorRecordException(
                $"{found.Count} routes lead to '{name}'{InNamespace}: filter further, or use -Force to remove them all."
                    .ToError(ErrorId.RouteAmbiguous, ErrorCategory.InvalidArgument, name));
        }

        ForEach(found, Remove);

        WriteNotFound(query.Unmatched, ErrorId.RouteNotFound, destination => $"No route to {destination}{InNamespace}.");
    }

    private void RemoveByInterface()
    {
        NetRoute[] all = [.. Filter(null, RouteTable).Run(Session).Where(found => !IsOfAddress(found.Route))];
        ForEach(all, Remove);
    }

    // The kernel receives by these, and takes them away with their address.
    private static bool IsOfAddress(Route route) => route is
    {
        Protocol: RouteProtocol.Kernel,
        Type: RouteType.Local or RouteType.Broadcast or RouteType.Anycast or RouteType.Multicast,
    };

    private RouteBatchRemover Remover() => Gather(session => new RouteBatchRemover(this, session, PassThru));

    private void Remove(NetRoute route)
    {
        string target = Announces ? $"{route.Route.ToString(route.InterfaceAlias)}{InNamespace}" : "";
        Foresee(() => Remover().Foresee(route));
        if (ShouldProcess(target, "Remove route"))
        {
            Remover().Add(route);
        }
    }
}
