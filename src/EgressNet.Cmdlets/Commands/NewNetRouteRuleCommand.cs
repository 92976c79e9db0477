using System.Management.Automation;
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
    /// <summary>Its place: the lower comes first. Without it, before all but the first.</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    [ArgumentCompleter(typeof(RouteRuleCompleter))]
    public uint? Priority { get; set; }

    /// <summary>The network of sources that it is for, without host bits.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [InetPrefixTransformation(IsText = true)]
    [ArgumentCompleter(typeof(RouteRuleCompleter))]
    public InetPrefix? SourcePrefix { get; set; }

    /// <summary>The network of destinations that it is for, likewise.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [InetPrefixTransformation(IsText = true)]
    [ArgumentCompleter(typeof(RouteRuleCompleter))]
    public InetPrefix? DestinationPrefix { get; set; }

    /// <summary>The interface that packets came in by, which may be absent; lo for those that this host sends.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("ifAlias", "iif")]
    [TextArgument]
    [ValidateInterfaceName]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public string? InterfaceAlias { get; set; }

    /// <summary>The interface that a socket is bound to, likewise.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("oif")]
    [TextArgument]
    [ValidateInterfaceName]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public string? OutputInterfaceAlias { get; set; }

    /// <summary>The family; that of the prefixes, or IPv4, unless given.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    [ValidateSet("IPv4", "IPv6")]
    public AddressFamily? AddressFamily { get; set; }

    /// <summary>The firewall mark.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [MarkTransformation]
    [ArgumentCompleter(typeof(RouteRuleCompleter))]
    public uint? Mark { get; set; }

    /// <summary>The bits of the mark that count; all unless given.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [MarkTransformation]
    [ArgumentCompleter(typeof(RouteRuleCompleter))]
    public uint? MarkMask { get; set; }

    /// <summary>The type of service, 0 for any.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("Tos")]
    [ValueTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public byte TypeOfService { get; set; }

    /// <summary>The DSCP.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    [ValidateRange(0, 63)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public byte? Dscp { get; set; }

    /// <summary>The protocol above IP.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [IPProtocolTransformation]
    public IPProtocol? IPProtocol { get; set; }

    /// <summary>A source port or a range of them.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [RuleRangeTransformation(RuleRangeTransformationAttribute.MinPort, RuleRangeTransformationAttribute.MaxPort)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public RuleRange? SourcePort { get; set; }

    /// <summary>A destination port or a range of them.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [RuleRangeTransformation(RuleRangeTransformationAttribute.MinPort, RuleRangeTransformationAttribute.MaxPort)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public RuleRange? DestinationPort { get; set; }

    /// <summary>A user or a range of them, whose sockets send.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [RuleRangeTransformation(0, RuleRangeTransformationAttribute.MaxUid)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public RuleRange? UidRange { get; set; }

    /// <summary>The id of the tunnel that the packet came by, 0 for any.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public ulong TunnelId { get; set; }

    /// <summary>The table to look in: main unless given, local, default, or a number.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [RouteTableTransformation]
    [ValidateRange(1, uint.MaxValue)]
    [ArgumentCompleter(typeof(RouteTableCompleter))]
    public uint? RouteTable { get; set; }

    /// <summary>What it does; Lookup unless given, or Goto where that is.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    public RouteRuleAction? Action { get; set; }

    /// <summary>The priority to go on with, above its own.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    [ValidateRange(1, uint.MaxValue)]
    [ArgumentCompleter(typeof(RouteRuleCompleter))]
    public uint? Goto { get; set; }

    /// <summary>Routes with a prefix of at most this length do not count.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    [ValidateRange(0, 128)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int? SuppressPrefixLength { get; set; }

    /// <summary>Routes out of an interface of this group do not count.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public uint? SuppressInterfaceGroup { get; set; }

    /// <summary>Who sets it.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [RouteProtocolTransformation]
    [ArgumentCompleter(typeof(RouteProtocolCompleter))]
    public RouteProtocol Protocol { get; set; }

    /// <summary>Match what the selectors do not.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByName)]
    public SwitchParameter Invert { get; set; }

    /// <summary>Look in the table of the VRF of the packet's interface.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByName)]
    public SwitchParameter L3Mdev { get; set; }

    /// <summary>A rule as read, to be put back as it was.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = ParameterSet.ByInputObject,
        ValueFromPipeline = true)]
    [CopyTransformation(typeof(NetRouteRule))]
    [ArgumentCompleter(typeof(NameOrObjectCompleter<RouteRuleCompleter>))]
    public NetRouteRule? InputObject { get; set; }

    /// <summary>Replace what the rule of this priority and these selectors does, and leave one alone that is there.</summary>
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
