using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Rules;

/// <summary>One rule of a namespace's routing policy, as read and as written. The kernel goes through them by priority and
/// takes the first that matches a packet and has an answer.</summary>
public sealed record RouteRule
{
    /// <summary>IPv4 or IPv6: each has rules of its own.</summary>
    public required AddressFamily Family { get; init; }

    /// <summary>Its place: the lower comes first. Null to let the kernel choose one before all but the first.</summary>
    public uint? Priority { get; init; }

    /// <summary>The sources that it is for; null for any.</summary>
    public InetPrefix? Source { get; init; }

    /// <summary>The destinations that it is for; null for any.</summary>
    public InetPrefix? Destination { get; init; }

    /// <summary>The interface that packets came in by; <c>lo</c> for those that this host sends. Null for any. The kernel
    /// knows it by name, whether it is there or not.</summary>
    public string? InputInterface { get; init; }

    /// <summary>The interface that a socket is bound to; null for any.</summary>
    public string? OutputInterface { get; init; }

    /// <summary>The firewall mark, under <see cref="MarkMask"/>.</summary>
    public uint Mark { get; init; }

    /// <summary>The bits of the mark that count; 0 for none.</summary>
    public uint MarkMask { get; init; }

    /// <summary>The type of service, 0 for any.</summary>
    public byte TypeOfService { get; init; }

    /// <summary>The DSCP, 0 to 63, with all of its bits (Linux 6.13); null for any.</summary>
    public byte? Dscp { get; init; }

    /// <summary>The protocol above IP, 0 for any (Linux 4.17).</summary>
    public byte IPProtocol { get; init; }

    /// <summary>Source ports within 1 to 65534; null for any (Linux 4.17).</summary>
    public RuleRange? SourcePort { get; init; }

    /// <summary>Destination ports, likewise.</summary>
    public RuleRange? DestinationPort { get; init; }

    /// <summary>Users whose sockets send; null for any.</summary>
    public RuleRange? UidRange { get; init; }

    /// <summary>The id of the tunnel that the packet came by, 0 for any.</summary>
    public ulong TunnelId { get; init; }

    /// <summary>What it does with a packet that it matches.</summary>
    public RouteRuleAction Action { get; init; } = RouteRuleAction.Lookup;

    /// <summary>The table of a <see cref="RouteRuleAction.Lookup"/>; else 0.</summary>
    public uint Table { get; init; }

    /// <summary>Whether the table is that of the VRF of the packet's interface.</summary>
    public bool IsForVrf { get; init; }

    /// <summary>The priority that a <see cref="RouteRuleAction.Goto"/> goes on with, above its own; else 0.</summary>
    public uint Target { get; init; }

    /// <summary>Routes with a prefix of at most this length do not count as an answer; null for all count.</summary>
    public int? SuppressPrefixLength { get; init; }

    /// <summary>Routes out of an interface of this group do not count as an answer; null for all count.</summary>
    public uint? SuppressInterfaceGroup { get; init; }

    /// <summary>Flags; of those read, the kernel takes back Invert and FindSource.</summary>
    public RouteRuleFlags Flags { get; init; }

    /// <summary>Who set it (Linux 4.17); Kernel for those that a namespace begins with.</summary>
    public RouteProtocol Protocol { get; init; }

    /// <summary>Attributes that no property models, such as realms.</summary>
    public RawAttributes? Unknown { get; init; }

    /// <summary>Whether a namespace begins with it.</summary>
    public bool IsOfKernel => Protocol == RouteProtocol.Kernel;

    /// <summary>Whether two are the same but for what the kernel changes by itself.</summary>
    /// <param name="other">The other one.</param>
    /// <returns>True where neither selectors nor effect nor place differ.</returns>
    public bool IsSame(RouteRule other) => Settled(this) == Settled(other);

    /// <summary>Whether two have one place and match the same packets, whatever they do with them.</summary>
    /// <param name="other">The other one.</param>
    /// <returns>True where the second never counts.</returns>
    public bool SelectsAs(RouteRule other) => Selector(this) == Selector(other);

    /// <summary>The rule in the words of <c>ip rule</c>.</summary>
    /// <returns>Such as <c>100: from 10.0.0.0/8 fwmark 0x1/0xff lookup 300</c>.</returns>
    public override string ToString() => RouteRuleText.Of(this);

    private static RouteRule Settled(RouteRule rule) =>
        rule with { Flags = rule.Flags & (RouteRuleFlags.Invert | RouteRuleFlags.FindSource) };

    private static RouteRule Selector(RouteRule rule) => Settled(rule) with
    {
        Action = RouteRuleAction.Lookup,
        Table = 0,
        Target = 0,
        IsForVrf = false,
        SuppressPrefixLength = null,
        SuppressInterfaceGroup = null,
        Protocol = RouteProtocol.Unspecified,
    };
}
