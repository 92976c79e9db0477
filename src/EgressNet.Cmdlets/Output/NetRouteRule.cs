using EgressNet.Netlink.Rules;

namespace EgressNet;

/// <summary>A rule that says which routing table a packet looks in, as cmdlets emit and take it.</summary>
public sealed class NetRouteRule : Comparable<NetRouteRule>
{
    internal NetRouteRule(RouteRule rule, NamespaceOrigin origin)
    {
        Rule = rule;
        Origin = origin;
    }

    /// <summary>Its place: the lower comes first.</summary>
    public uint Priority => Rule.Priority ?? 0;

    /// <summary>Which packets it matches, in the words of <c>ip rule</c>.</summary>
    public string Selector => RouteRuleText.SelectorOf(Rule);

    /// <summary>What it does with them.</summary>
    public string Action => Rule.Action.ToString();

    /// <summary>The table of a Lookup; 0 for none, and for that of the VRF.</summary>
    public uint RouteTable => Rule.Table;

    /// <summary>The priority that a Goto goes on with; null for none.</summary>
    public uint? Goto => Rule.Target == 0 ? null : Rule.Target;

    /// <summary>The family.</summary>
    public string AddressFamily => Rule.Family.ToString();

    /// <summary>The sources that it is for; null for any.</summary>
    public string? SourcePrefix => Rule.Source?.ToString();

    /// <summary>The destinations that it is for; null for any.</summary>
    public string? DestinationPrefix => Rule.Destination?.ToString();

    /// <summary>The interface that packets came in by; null for any.</summary>
    public string? InterfaceAlias => Rule.InputInterface;

    /// <summary>The interface that a socket is bound to; null for any.</summary>
    public string? OutputInterfaceAlias => Rule.OutputInterface;

    /// <summary>The firewall mark; null for any.</summary>
    public uint? Mark => Rule.MarkMask == 0 && Rule.Mark == 0 ? null : Rule.Mark;

    /// <summary>The bits of the mark that count; null for any mark.</summary>
    public uint? MarkMask => Mark is null ? null : Rule.MarkMask;

    /// <summary>The type of service, 0 for any.</summary>
    public byte TypeOfService => Rule.TypeOfService;

    /// <summary>The DSCP; null for any.</summary>
    public byte? Dscp => Rule.Dscp;

    /// <summary>The protocol above IP; null for any.</summary>
    public string? IPProtocol => Rule.IPProtocol == 0 ? null : ((IPProtocol)Rule.IPProtocol).ToString();

    /// <summary>Source ports such as <c>80</c> or <c>1000-2000</c>; null for any.</summary>
    public string? SourcePort => Rule.SourcePort?.ToString();

    /// <summary>Destination ports, likewise.</summary>
    public string? DestinationPort => Rule.DestinationPort?.ToString();

    /// <summary>Users whose sockets send, likewise.</summary>
    public string? UidRange => Rule.UidRange?.ToString();

    /// <summary>The id of the tunnel that the packet came by, 0 for any.</summary>
    public ulong TunnelId => Rule.TunnelId;

    /// <summary>Routes with a prefix of at most this length do not count; null for all count.</summary>
    public int? SuppressPrefixLength => Rule.SuppressPrefixLength;

    /// <summary>Routes out of an interface of this group do not count; null for all count.</summary>
    public uint? SuppressInterfaceGroup => Rule.SuppressInterfaceGroup;

    /// <summary>Whether the table is that of the VRF of the packet's interface.</summary>
    public bool L3Mdev => Rule.IsForVrf;

    /// <summary>Whether it matches what its selectors do not.</summary>
    public bool Invert => Rule.Flags.HasFlag(RouteRuleFlags.Invert);

    /// <summary>All its flags.</summary>
    public string Flags => Rule.Flags.ToString();

    /// <summary>Who set it; Kernel for those that a namespace begins with.</summary>
    public string Protocol => Rule.Protocol.ToString();

    /// <summary>What it has that no other property shows; null for nothing.</summary>
    public string? Other => Rule.Unknown is null ? null : "Unknown attributes";

    /// <summary>The namespace it is in, by name or path; null for the caller's own.</summary>
    public string? NetNamespace => Origin.Text;

    internal NamespaceOrigin Origin { get; }

    internal RouteRule Rule { get; }

    private protected override IEnumerable<object?> Compared =>
    [
        NetNamespace, AddressFamily, $"{Rule}", Protocol, Rule.Flags & ~RouteRuleFlags.Unresolved,
        Convert.ToHexString(Rule.Unknown is null ? [] : Rule.Unknown.Bytes),
    ];

    /// <summary>The rule in the words of <c>ip rule</c>.</summary>
    /// <returns>Such as <c>100: from 10.0.0.0/8 lookup 300</c>.</returns>
    public override string ToString() => Rule.ToString();

    private protected override int CompareKey(NetRouteRule other) => Priority.CompareTo(other.Priority);
}
