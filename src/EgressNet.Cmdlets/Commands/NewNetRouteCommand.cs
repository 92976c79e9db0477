using EgressNet.Arguments;
using EgressNet.Attachments;
using EgressNet.Bases;
using EgressNet.Batches;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Adds routes.</summary>
[Cmdlet(
    VerbsCommon.New,
    "NetRoute",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByInputObject,
    HelpUri = DocumentationLink.Root + "New-NetRoute.md")]
[OutputType(typeof(NetRoute))]
public sealed class NewNetRouteCommand : InterfaceCommandBase
{
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = ParameterSet.ByInterface,
        ValueFromPipelineByPropertyName = true)]
    [InetPrefixTransformation(IsText = true)]
    [ArgumentCompleter(typeof(RouteCompleter))]
    public InetPrefix DestinationPrefix { get; set; }

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet.ByInputObject, ValueFromPipeline = true)]
    [CopyTransformation(typeof(NetRoute))]
    [ArgumentCompleter(typeof(NameOrObjectCompleter<RouteCompleter>))]
    public NetRoute? InputObject { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface, ValueFromPipelineByPropertyName = true)]
    [Alias("Gateway")]
    [InetAddressTransformation]
    [ArgumentCompleter(typeof(RouteCompleter))]
    public InetAddress? NextHop { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface, ValueFromPipelineByPropertyName = true)]
    [Alias("Metric")]
    [ValueTransformation(TakesEmpty = true)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(RouteCompleter))]
    public uint RouteMetric { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface, ValueFromPipelineByPropertyName = true)]
    [RouteProtocolTransformation]
    [ArgumentCompleter(typeof(RouteProtocolCompleter))]
    public RouteProtocol Protocol { get; set; } = RouteProtocol.Boot;

    [Parameter(ParameterSetName = ParameterSet.ByInterface, ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    public RouteScope? Scope { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface, ValueFromPipelineByPropertyName = true)]
    [RouteTableTransformation]
    [ArgumentCompleter(typeof(RouteTableCompleter))]
    [ValidateRange(1, uint.MaxValue)]
    public uint RouteTable { get; set; } = Netlink.Routes.RouteTable.Main;

    [Parameter(ParameterSetName = ParameterSet.ByInterface, ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    public RouteType RouteType { get; set; } = RouteType.Unicast;

    [Parameter(ParameterSetName = ParameterSet.ByInterface, ValueFromPipelineByPropertyName = true)]
    [Alias("Source", "Src")]
    [InetAddressTransformation]
    [ArgumentCompleter(typeof(AddressCompleter))]
    public InetAddress? PreferredSource { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    public SwitchParameter OnLink { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface, ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    [ValidateRange(0, (int)AttachmentRoute.MaxMtu)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int Mtu { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface, ValueFromPipelineByPropertyName = true)]
    [Alias("AdvMss")]
    [ValueTransformation]
    [ValidateRange(0, (int)AttachmentRoute.MaxAdvertisedMss)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int AdvertisedMss { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override Subject Subject => Subject.Route;

    private protected override void ProcessItem() => Attempt(Target, () =>
    {
        if (InputObject is not null)
        {
            FollowObject(InputObject.Origin);
        }
        else
        {
            RequireFamily(PreferredSource, nameof(PreferredSource), DestinationPrefix.Family);
            RequireFamily(NextHop, nameof(NextHop), AddressFamily.IPv6);
        }

        Foresee(() => Writer().Foresee(Item()));
        if (ShouldProcess(Announces ? $"{DescribeTarget()}{InNamespace}" : "", Force ? "Replace route" : "Add route"))
        {
            Writer().Add(Item());
        }
    });

    private RouteBatchWriter Writer() => Gather(session => new RouteBatchWriter(this, session, Force));

    private RouteItem Item() => InputObject is null ? Describe() : new RouteItem(InputObject);

    private object Target => InputObject is null ? DestinationPrefix : InputObject;

    private InetAddress Gateway => NextHop is { IsUnspecified: false } gateway ? gateway : default;

    private string DescribeTarget() => InputObject is not null
        ? InputObject.Route.ToString(InputObject.InterfaceAlias)
        : $"{DestinationPrefix}{(Gateway.IsNone ? "" : $" via {Gateway}")}{InterfaceText}";

    // Only an IPv4 route may have a gateway of the other family.
    private void RequireFamily(InetAddress? address, string parameter, AddressFamily allowed)
    {
        if (address is { } given && given.Family != DestinationPrefix.Family && given.Family != allowed)
        {
            throw new ErrorRecordException(
                $"{parameter} '{given}' is not of the family of DestinationPrefix '{DestinationPrefix}'."
                    .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, Target));
        }
    }

    private RouteItem Describe() => new(
        new Route
        {
            Destination = DestinationPrefix,
            Gateway = Gateway,
            Metric = RouteMetric,
            Protocol = Protocol,
            Scope = Scope ?? Route.ScopeFor(DestinationPrefix, RouteType, hasGateway: !Gateway.IsNone),
            Table = RouteTable,
            Type = RouteType,
            PreferredSource = PreferredSource ?? default,
            Flags = OnLink ? RouteFlags.OnLink : RouteFlags.None,
            Metrics = Mtu == 0 && AdvertisedMss == 0 ? null : new RouteMetrics
            {
                [Netlink.Routes.RouteMetric.Mtu] = Mtu == 0 ? null : (uint)Mtu,
                [Netlink.Routes.RouteMetric.AdvertisedMss] = AdvertisedMss == 0 ? null : (uint)AdvertisedMss,
            },
        },
        NamedInterface,
        Target);
}
