using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Batches;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Rules;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Adds rules that say which routing table a packet looks in.</summary>
[Cmdlet(
    VerbsCommon.New,
    "NetRouteRule",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByInputObject,
    HelpUri = DocumentationLink.Root + "New-NetRouteRule.md")]
[OutputType(typeof(NetRouteRule))]
public sealed class NewNetRouteRuleCommand : NamespaceCommandBase
{
    [Parameter(Position = 0, ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    [ArgumentCompleter(typeof(RouteRuleCompleter))]
    public uint? Priority { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [InetPrefixTransformation(IsText = true)]
    [ArgumentCompleter(typeof(RouteRuleCompleter))]
    public InetPrefix? SourcePrefix { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [InetPrefixTransformation(IsText = true)]
    [ArgumentCompleter(typeof(RouteRuleCompleter))]
    public InetPrefix? DestinationPrefix { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("ifAlias", "iif")]
    [TextArgument]
    [ValidateInterfaceName]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public string? InterfaceAlias { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("oif")]
    [TextArgument]
    [ValidateInterfaceName]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public string? OutputInterfaceAlias { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    [ValidateSet("IPv4", "IPv6")]
    public AddressFamily? AddressFamily { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [MarkTransformation]
    [ArgumentCompleter(typeof(RouteRuleCompleter))]
    public uint? Mark { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [MarkTransformation]
    [ArgumentCompleter(typeof(RouteRuleCompleter))]
    public uint? MarkMask { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("Tos")]
    [ValueTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public byte TypeOfService { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    [ValidateRange(0, 63)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public byte? Dscp { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [IPProtocolTransformation]
    public IPProtocol? IPProtocol { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [RuleRangeTransformation(RuleRangeTransformationAttribute.MinPort, RuleRangeTransformationAttribute.MaxPort)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public RuleRange? SourcePort { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [RuleRangeTransformation(RuleRangeTransformationAttribute.MinPort, RuleRangeTransformationAttribute.MaxPort)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public RuleRange? DestinationPort { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [RuleRangeTransformation(0, RuleRangeTransformationAttribute.MaxUid)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public RuleRange? UidRange { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public ulong TunnelId { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [RouteTableTransformation]
    [ValidateRange(1, uint.MaxValue)]
    [ArgumentCompleter(typeof(RouteTableCompleter))]
    public uint? RouteTable { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    public RouteRuleAction? Action { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    [ValidateRange(1, uint.MaxValue)]
    [ArgumentCompleter(typeof(RouteRuleCompleter))]
    public uint? Goto { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    [ValidateRange(0, 128)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int? SuppressPrefixLength { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public uint? SuppressInterfaceGroup { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [RouteProtocolTransformation]
    [ArgumentCompleter(typeof(RouteProtocolCompleter))]
    public RouteProtocol Protocol { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName)]
    public SwitchParameter Invert { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName)]
    public SwitchParameter L3Mdev { get; set; }

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet.ByInputObject, ValueFromPipeline = true)]
    [CopyTransformation(typeof(NetRouteRule))]
    [ArgumentCompleter(typeof(NameOrObjectCompleter<RouteRuleCompleter>))]
    public NetRouteRule? InputObject { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override Subject Subject => Subject.RouteRule;

    private protected override void ProcessItem() => Attempt(InputObject, () =>
    {
        if (InputObject is not null)
        {
            FollowObject(InputObject.Origin);
        }

        RouteRuleItem item = InputObject is not null ? new(InputObject.Rule, InputObject) : Describe();
        Foresee(() => Writer().Foresee(item));
        if (ShouldProcess(Announces ? $"{item.Rule}{InNamespace}" : "", Force ? "Replace route rule" : "Add route rule"))
        {
            Writer().Add(item);
        }
    });

    private static InetPrefix? Given(InetPrefix? prefix) => prefix is { IsDefault: true } ? null : prefix;

    private RouteRuleBatchWriter Writer() => Gather(session => new RouteRuleBatchWriter(this, session, Force));

    private RouteRuleItem Describe()
    {
        RouteRuleAction action = Action ?? (Goto is null ? RouteRuleAction.Lookup : RouteRuleAction.Goto);
        bool looks = action == RouteRuleAction.Lookup && !L3Mdev;
        RouteRule rule = new()
        {
            Family = RouteRuleArgument.FamilyOf(AddressFamily, SourcePrefix, DestinationPrefix),
            Priority = Priority,
            Source = Given(SourcePrefix),
            Destination = Given(DestinationPrefix),
            InputInterface = InterfaceAlias,
            OutputInterface = OutputInterfaceAlias,
            Mark = Mark ?? 0,
            MarkMask = MarkMask ?? (Mark is null ? 0 : uint.MaxValue),
            TypeOfService = TypeOfService,
            Dscp = Dscp,
            IPProtocol = (byte)(IPProtocol ?? 0),
            SourcePort = SourcePort,
            DestinationPort = DestinationPort,
            UidRange = UidRange,
            TunnelId = TunnelId,
            Action = action,
            Table = RouteTable ?? (looks ? Netlink.Routes.RouteTable.Main : 0),
            Target = Goto ?? 0,
            IsForVrf = L3Mdev,
            SuppressPrefixLength = SuppressPrefixLength,
            SuppressInterfaceGroup = SuppressInterfaceGroup,
            Protocol = Protocol,
            Flags = Invert ? RouteRuleFlags.Invert : RouteRuleFlags.None,
        };
        RouteRuleArgument.ThrowIfInvalid(rule, RouteTable is not null);
        return new RouteRuleItem(rule, rule.ToString());
    }
}
