using EgressNet.Arguments;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Rules;
using EgressNet.Queries;
using EgressNet.Transformations;

namespace EgressNet.Bases;

/// <summary>A cmdlet that takes what route rules have as a filter.</summary>
public abstract class NetRouteRuleFilterBase : NamespaceCommandBase
{
    [Parameter(ParameterSetName = ParameterSet.ByName)]
    [SupportsWildcards]
    [TextArgument]
    [ArgumentCompleter(typeof(RouteRuleCompleter))]
    public string[]? SourcePrefix { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName)]
    [SupportsWildcards]
    [TextArgument]
    [ArgumentCompleter(typeof(RouteRuleCompleter))]
    public string[]? DestinationPrefix { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("ifAlias", "iif")]
    [SupportsWildcards]
    [TextArgument]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public string[]? InterfaceAlias { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName)]
    [Alias("oif")]
    [SupportsWildcards]
    [TextArgument]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public string[]? OutputInterfaceAlias { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName)]
    [ValueTransformation]
    [ValidateSet("IPv4", "IPv6")]
    public AddressFamily? AddressFamily { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName)]
    [MarkTransformation(IsList = true)]
    [ArgumentCompleter(typeof(RouteRuleCompleter))]
    public uint[]? Mark { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName)]
    [MarkTransformation(IsList = true)]
    [ArgumentCompleter(typeof(RouteRuleCompleter))]
    public uint[]? MarkMask { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName)]
    [Alias("Tos")]
    [ValueTransformation(IsList = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public byte[]? TypeOfService { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName)]
    [ValueTransformation(IsList = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public byte[]? Dscp { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName)]
    [IPProtocolTransformation(IsList = true)]
    public IPProtocol[]? IPProtocol { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName)]
    [RuleRangeTransformation(RuleRangeTransformationAttribute.MinPort, RuleRangeTransformationAttribute.MaxPort, IsList = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public RuleRange[]? SourcePort { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName)]
    [RuleRangeTransformation(RuleRangeTransformationAttribute.MinPort, RuleRangeTransformationAttribute.MaxPort, IsList = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public RuleRange[]? DestinationPort { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName)]
    [RuleRangeTransformation(0, RuleRangeTransformationAttribute.MaxUid, IsList = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public RuleRange[]? UidRange { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName)]
    [ValueTransformation(IsList = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public ulong[]? TunnelId { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName)]
    [RouteTableTransformation]
    [ArgumentCompleter(typeof(RouteTableCompleter))]
    public uint RouteTable { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName)]
    [ValueTransformation(IsList = true)]
    public RouteRuleAction[]? Action { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName)]
    [RouteProtocolTransformation(IsList = true)]
    [ArgumentCompleter(typeof(RouteProtocolCompleter))]
    public RouteProtocol[]? Protocol { get; set; }

    private protected override Subject Subject => Subject.RouteRule;

    private protected RouteRuleQuery Filter(uint[]? priority)
    {
        RequireFilters();
        return new RouteRuleQuery
        {
            Priority = priority,
            SourcePrefix = SourcePrefix,
            DestinationPrefix = DestinationPrefix,
            InterfaceAlias = InterfaceAlias is not null && IsPiped(nameof(InterfaceAlias))
                ? Array.ConvertAll(InterfaceAlias, WildcardPattern.Escape)
                : InterfaceAlias,
            OutputInterfaceAlias = OutputInterfaceAlias,
            AddressFamily = AddressFamily,
            Mark = Mark,
            MarkMask = MarkMask,
            TypeOfService = TypeOfService,
            Dscp = Dscp,
            IPProtocol = IPProtocol,
            SourcePort = SourcePort,
            DestinationPort = DestinationPort,
            UidRange = UidRange,
            TunnelId = TunnelId,
            RouteTable = RouteTable,
            Action = Action,
            Protocol = Protocol,
        };
    }
}
