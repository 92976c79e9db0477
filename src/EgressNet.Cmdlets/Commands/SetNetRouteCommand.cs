using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Queries;
using EgressNet.Routes;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Changes routes that are there.</summary>
[Cmdlet(
    VerbsCommon.Set,
    "NetRoute",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByInputObject,
    HelpUri = DocumentationLink.Root + "Set-NetRoute.md")]
[OutputType(typeof(NetRoute))]
public sealed class SetNetRouteCommand : InterfaceFilterBase
{
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet.ByName)]
    [TextArgument(typeof(NetRoute))]
    [ArgumentCompleter(typeof(RouteCompleter))]
    public string[] DestinationPrefix { get; set; } = [];

    [Parameter(ParameterSetName = ParameterSet.ByName)]
    [RouteTableTransformation]
    [ArgumentCompleter(typeof(RouteTableCompleter))]
    [ValidateRange(1, uint.MaxValue)]
    public uint RouteTable { get; set; } = Netlink.Routes.RouteTable.Main;

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet.ByInputObject, ValueFromPipeline = true)]
    [CopyTransformation(typeof(NetRoute))]
    [ArgumentCompleter(typeof(NameOrObjectCompleter<RouteCompleter>))]
    public NetRoute[] InputObject { get; set; } = [];

    [Parameter]
    [Alias("Metric")]
    [ValueTransformation]
    [ArgumentCompleter(typeof(RouteCompleter))]
    public uint? RouteMetric { get; set; }

    [Parameter]
    [Alias("Gateway")]
    [InetAddressTransformation]
    [ArgumentCompleter(typeof(RouteCompleter))]
    public InetAddress? NextHop { get; set; }

    [Parameter]
    [Alias("Source", "Src")]
    [InetAddressTransformation]
    [ArgumentCompleter(typeof(AddressCompleter))]
    public InetAddress? PreferredSource { get; set; }

    [Parameter]
    [ValueTransformation]
    [ValidateRange(0, 65535)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int? Mtu { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override Subject Subject => Subject.Route;

    private protected override void ProcessItem()
    {
        ForEach(DestinationPrefix, destination => Change(FindSingle(destination)));
        ForEach(InputObject, route => Change(Follow(route)));
    }

    private NetRoute FindSingle(string destination)
    {
        RouteQuery query = new([destination])
        {
            InterfaceAlias = MeantAlias,
            InterfaceIndex = MeantIndex,
            RouteTable = RouteTable,
        };
        List<NetRoute> found = [.. query.Run(Session)];
        return found switch
        {
            [NetRoute route] => route,
            [] => throw new ErrorRecordException(
                $"No route to {destination}{InNamespace}.".ToNotFoundError(ErrorId.RouteNotFound, destination)),
            _ => throw new ErrorRecordException(
                $"{found.Count} routes lead to '{destination}'{InNamespace}: pipe one of them from Get-NetRoute."
                    .ToError(ErrorId.RouteAmbiguous, ErrorCategory.InvalidArgument, destination)),
        };
    }

    private void Change(NetRoute route)
    {
        Route wanted = Changed(route.Route);
        string name = route.InterfaceAlias;
        Foresee(() => new ExactRoutes(Session.Conversation).RequireThere(route.Route));
        if (!ShouldProcess(
            $"{route.Route.ToString(name)}{InNamespace}", $"Change route to {wanted.ToString(name)}{Extras(wanted)}"))
        {
            return;
        }

        Route replaced = new RouteReplacement(Session.Conversation, Report, StopToken).Apply(route.Route, wanted);
        if (PassThru)
        {
            WriteObject(Session.ToOutput(replaced));
        }
    }

    private string Extras(Route wanted) => PreferredSource is null ? "" : $" src {wanted.PreferredSource}";

    // The unspecified address asks for none.
    private static InetAddress NoneIfUnspecified(InetAddress? wanted, InetAddress old) =>
        wanted is not { } address ? old : address.IsUnspecified ? default : address;

    private Route Changed(Route old)
    {
        InetAddress gateway = NoneIfUnspecified(NextHop, old.Gateway);
        bool onLinkChanges = gateway.IsNone != old.Gateway.IsNone;
        RouteMetrics metrics = old.Metrics ?? new RouteMetrics();
        return old with
        {
            Gateway = gateway,
            NextHops = NextHop is null ? old.NextHops : null,
            NextHopId = NextHop is null ? old.NextHopId : 0,
            Scope = onLinkChanges ? Route.ScopeFor(old.Destination, old.Type, !gateway.IsNone) : old.Scope,
            Metric = RouteMetric ?? old.Metric,
            PreferredSource = NoneIfUnspecified(PreferredSource, old.PreferredSource),
            Metrics = Mtu is { } mtu
                ? metrics.With(Netlink.Routes.RouteMetric.Mtu, mtu == 0 ? null : (uint)mtu)
                : old.Metrics,
        };
    }
}
