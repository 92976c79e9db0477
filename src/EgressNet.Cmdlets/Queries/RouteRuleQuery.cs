using EgressNet.Arguments;
using EgressNet.Errors;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Rules;
using EgressNet.Sessions;

namespace EgressNet.Queries;

/// <summary>Which route rules a cmdlet means.</summary>
internal sealed class RouteRuleQuery
{
    private readonly NameFilter _sources = new(null);
    private readonly NameFilter _destinations = new(null);
    private readonly NameFilter _inputs = new(null);
    private readonly NameFilter _outputs = new(null);

    public uint[]? Priority { get; init; }

    public string[]? SourcePrefix
    {
        init => _sources = new NameFilter(value?.Select(text => Canonical("SourcePrefix", text)), ignoreCase: true);
    }

    public string[]? DestinationPrefix
    {
        init => _destinations = new NameFilter(value?.Select(text => Canonical("DestinationPrefix", text)), ignoreCase: true);
    }

    public string[]? InterfaceAlias
    {
        init => _inputs = new NameFilter(value);
    }

    public string[]? OutputInterfaceAlias
    {
        init => _outputs = new NameFilter(value);
    }

    public AddressFamily? AddressFamily { get; init; }

    public uint[]? Mark { get; init; }

    public uint[]? MarkMask { get; init; }

    public byte[]? TypeOfService { get; init; }

    public byte[]? Dscp { get; init; }

    public IPProtocol[]? IPProtocol { get; init; }

    public RuleRange[]? SourcePort { get; init; }

    public RuleRange[]? DestinationPort { get; init; }

    public RuleRange[]? UidRange { get; init; }

    public ulong[]? TunnelId { get; init; }

    public uint RouteTable { get; init; }

    public RouteRuleAction[]? Action { get; init; }

    public RouteProtocol[]? Protocol { get; init; }

    public bool HasWildcard =>
        _sources.HasWildcard || _destinations.HasWildcard || _inputs.HasWildcard || _outputs.HasWildcard;

    /// <summary>Whether anything tells one rule from another; a family does not.</summary>
    public bool IsSelective =>
        RouteTable != 0 || !_sources.IsEmpty || !_destinations.IsEmpty || !_inputs.IsEmpty || !_outputs.IsEmpty
        || new Array?[]
        {
            Priority, Mark, MarkMask, TypeOfService, Dscp, IPProtocol, SourcePort, DestinationPort, UidRange, TunnelId, Action,
            Protocol,
        }.Any(each => each is not null);

    public List<NetRouteRule> Run(NamespaceSession session) =>
    [
        .. session.Connection.RouteRules.List(AddressFamily ?? Netlink.Inet.AddressFamily.Unspecified).Where(Passes)
            .Select(session.ToOutput),
    ];

    private static string Canonical(string parameter, string text)
    {
        if (WildcardPattern.ContainsWildcardCharacters(text))
        {
            return text;
        }

        return InetAddress.TryParse(text, out InetAddress address) ? InetPrefix.Host(address).ToString()
            : InetPrefix.TryParse(text, out InetPrefix prefix) ? prefix.ToString()
            : throw new ErrorRecordException(
                $"{parameter} '{text}' is not a network such as 10.0.0.0/8, nor a wildcard."
                    .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, text));
    }

    private static string TextOf(RouteRule rule, InetPrefix? prefix) => $"{prefix ?? InetPrefix.Default(rule.Family)}";

    private static bool Has<T>(T[]? wanted, T? value) where T : struct =>
        wanted is null || (value is { } given && wanted.Contains(given));

    private bool Passes(RouteRule rule) =>
        Has(Priority, rule.Priority)
        && (RouteTable == 0 || RouteTable == rule.Table)
        && Has(Action, rule.Action)
        && Has(Protocol, rule.Protocol)
        && Has(Mark, rule.MarkMask == 0 && rule.Mark == 0 ? null : rule.Mark)
        && Has(MarkMask, rule.MarkMask)
        && Has(TypeOfService, rule.TypeOfService)
        && Has(Dscp, rule.Dscp)
        && Has(IPProtocol, (IPProtocol)rule.IPProtocol)
        && Has(SourcePort, rule.SourcePort)
        && Has(DestinationPort, rule.DestinationPort)
        && Has(UidRange, rule.UidRange)
        && Has(TunnelId, rule.TunnelId)
        && (_sources.IsEmpty || _sources.Matches(TextOf(rule, rule.Source)))
        && (_destinations.IsEmpty || _destinations.Matches(TextOf(rule, rule.Destination)))
        && (_inputs.IsEmpty || _inputs.Matches(rule.InputInterface ?? ""))
        && (_outputs.IsEmpty || _outputs.Matches(rule.OutputInterface ?? ""));
}
