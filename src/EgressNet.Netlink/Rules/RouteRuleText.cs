using EgressNet.Netlink.Routes;

namespace EgressNet.Netlink.Rules;

/// <summary>A rule in the words of <c>ip rule</c>.</summary>
internal static class RouteRuleText
{
    public static string Of(RouteRule rule) =>
        $"{(rule.Priority is { } priority ? $"{priority}: " : "")}{SelectorOf(rule)} {EffectOf(rule)}";

    /// <summary>Which packets it matches, such as <c>not from 10.0.0.0/8 iif eth0</c>.</summary>
    public static string SelectorOf(RouteRule rule)
    {
        string text = rule.Flags.HasFlag(RouteRuleFlags.Invert) ? "not from " : "from ";
        text += rule.Source is { } source ? $"{source}" : "all";
        text += rule.Destination is { } destination ? $" to {destination}" : "";
        text += rule.TypeOfService == 0 ? "" : $" tos 0x{rule.TypeOfService:x2}";
        text += rule.Dscp is { } dscp ? $" dscp {dscp}" : "";
        text += (rule.Mark, rule.MarkMask) switch
        {
            (0, 0) => "",
            (_, uint.MaxValue) => $" fwmark 0x{rule.Mark:x}",
            _ => $" fwmark 0x{rule.Mark:x}/0x{rule.MarkMask:x}",
        };
        text += rule.InputInterface is null ? "" : $" iif {rule.InputInterface}";
        text += rule.OutputInterface is null ? "" : $" oif {rule.OutputInterface}";
        text += rule.IsForVrf ? " l3mdev" : "";
        text += rule.UidRange is { } uids ? $" uidrange {uids.First}-{uids.Last}" : "";
        text += rule.IPProtocol == 0 ? "" : $" ipproto {rule.IPProtocol}";
        text += rule.SourcePort is { } from ? $" sport {from}" : "";
        text += rule.DestinationPort is { } to ? $" dport {to}" : "";
        return rule.TunnelId == 0 ? text : $"{text} tun_id {rule.TunnelId}";
    }

    private static string EffectOf(RouteRule rule)
    {
        string text = rule.Action switch
        {
            RouteRuleAction.Lookup when rule.IsForVrf => "lookup of the VRF",
            RouteRuleAction.Lookup => $"lookup {TableOf(rule.Table)}",
            RouteRuleAction.Goto => $"goto {rule.Target}",
            _ => rule.Action.ToString().ToLowerInvariant(),
        };
        text += rule.SuppressPrefixLength is { } length ? $" suppress_prefixlength {length}" : "";
        return rule.SuppressInterfaceGroup is { } group ? $"{text} suppress_ifgroup {group}" : text;
    }

    private static string TableOf(uint table) => table switch
    {
        RouteTable.Main => "main",
        RouteTable.Local => "local",
        RouteTable.Default => "default",
        _ => $"{table}",
    };
}
