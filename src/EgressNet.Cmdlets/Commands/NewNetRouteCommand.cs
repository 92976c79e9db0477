using EgressNet.Arguments;
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
public sealed class NewNetRouteCommand : RouteHopsBase
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
    public SwitchParameter Append { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    [LifetimeTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public TimeSpan? ValidLifetime { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    [ValueTransformation]
    [ValidateSet("IPv4", "IPv6")]
    public AddressFamily? AddressFamily { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    [ValueTransformation]
    [ValidateSupported(RoutePublish.No, Unsupported.Publish)]
    public RoutePublish Publish { get; set; }

    [Parameter]
    [ValueTransformation]
    [ValidateSupported(EgressNet.PolicyStore.ActiveStore, Unsupported.Store)]
    public PolicyStore PolicyStore { get; set; }

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
            FamilyArgument.Require(AddressFamily, DestinationPrefix.Family, nameof(DestinationPrefix), DestinationPrefix);
            RequireFamily(PreferredSource, nameof(PreferredSource), DestinationPrefix.Family);
            foreach (InetAddress gateway in Gateways)
            {
                RequireFamily(gateway, nameof(NextHop), Netlink.Inet.AddressFamily.IPv6);
            }

            RequireSense();
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

    private string DescribeTarget() => InputObject is not null
        ? InputObject.Route.ToString(InputObject.InterfaceAlias)
        : Way.TextOf(DestinationPrefix, Array.ConvertAll(Interfaces, TextOf));

    private string TextOf(object named) => named switch
    {
        int index => Session.TextOf(index),
        (int _, string name) => name,
        _ => $"{named}",
    };

    // Only an IPv4 route may have a gateway of the other family.
    private void RequireFamily(InetAddress? address, string parameter, AddressFamily allowed)
    {
        if (address is { IsNone: false } given && given.Family != DestinationPrefix.Family && given.Family != allowed)
        {
            throw new ErrorRecordException(
                Refused($"{parameter} '{given}' is not of the family of DestinationPrefix '{DestinationPrefix}'."));
        }
    }

    private void RequireSense()
    {
        string? fault = this switch
        {
            { Append.IsPresent: true, Force.IsPresent: true } => "Append leaves what is there, and Force replaces it: give one.",
            { InterfaceAlias: { } names, InterfaceIndex: { } indexes } when names.Length != indexes.Length =>
                $"InterfaceAlias has {names.Length} values, and InterfaceIndex {indexes.Length}.",
            { ValidLifetime: { } lifetime } when lifetime < TimeSpan.FromSeconds(1) =>
                $"ValidLifetime '{lifetime}' is no time at all.",
            { ValidLifetime: { } lifetime, DestinationPrefix.Family: Netlink.Inet.AddressFamily.IPv4 }
                when lifetime != TimeSpan.MaxValue =>
                $"ValidLifetime '{lifetime}' cannot be that of {DestinationPrefix}: only IPv6 routes run out.",
            _ => null,
        };
        if (fault is not null)
        {
            throw new ErrorRecordException(Refused(fault));
        }

        Way.Validate(Target);
    }

    private ErrorRecord Refused(string fault) =>
        fault.ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, Target);

    private RouteItem Describe()
    {
        HopArgument way = Way;
        NextHop[]? hops = way.Hops;
        bool hasGateway = hops is not null || !way.Gateway.IsNone;
        return new RouteItem(
            new Route
            {
                Destination = DestinationPrefix,
                Gateway = way.Gateway,
                NextHops = hops,
                Metric = RouteMetric,
                Protocol = Protocol,
                Scope = Scope ?? Route.ScopeFor(DestinationPrefix, RouteType, hasGateway),
                Table = RouteTable,
                Type = RouteType,
                PreferredSource = PreferredSource ?? default,
                Flags = OnLink && hops is null ? RouteFlags.OnLink : RouteFlags.None,
                ExpiresAfterSeconds = ValidLifetime is { } lifetime && lifetime != TimeSpan.MaxValue
                    ? AddressLifetime.SecondsOf(lifetime)
                    : 0,
                Metrics = Metrics,
            },
            Interfaces,
            Target)
        {
            IsAppended = Append,
        };
    }
}
