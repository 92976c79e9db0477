using System.Text;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Rules;

/// <summary>What the kernel would take in silence and keep as something else.</summary>
internal static class RouteRuleRules
{
    public static void ThrowIfInvalid(RouteRule rule)
    {
        ThrowIfUnnamable(rule);
        Throw(rule, rule switch
        {
            { Action: RouteRuleAction.Lookup, Table: 0, IsForVrf: false } => "It names no table.",
            { IsForVrf: true, Table: not 0 } => "The table is that of the VRF.",
            { Action: not RouteRuleAction.Lookup, Table: not 0 } => $"{rule.Action} has no table.",
            { Action: RouteRuleAction.Goto, Target: 0 } => "It names no priority to go on with.",
            { Action: not RouteRuleAction.Goto, Target: not 0 } => $"{rule.Action} goes on with no other rule.",
            { Priority: { } priority, Target: > 0 } when rule.Target <= priority => "It would go backwards.",
            { TypeOfService: not 0, Dscp: not null } => "DSCP and type of service are the same bits.",
            _ when (rule.Mark & ~rule.MarkMask) != 0 => "Its mark has bits that its mask leaves out: no packet has it.",
            _ => null,
        });
    }

    /// <summary>The part that a deletion needs as well.</summary>
    public static void ThrowIfUnnamable(RouteRule rule) => Throw(rule, rule switch
    {
        { Family: not (AddressFamily.IPv4 or AddressFamily.IPv6) } => "It is neither for IPv4 nor for IPv6.",
        _ when IsWrong(rule, rule.Source) => $"Its source {rule.Source} is of another family, or too long.",
        _ when IsWrong(rule, rule.Destination) => $"Its destination {rule.Destination} is of another family, or too long.",
        _ when IsLong(rule.InputInterface) => $"'{rule.InputInterface}' is no name of an interface.",
        _ when IsLong(rule.OutputInterface) => $"'{rule.OutputInterface}' is no name of an interface.",
        _ => null,
    });

    private static bool IsWrong(RouteRule rule, InetPrefix? prefix) =>
        prefix is { } given && (given.Family != rule.Family || given.Length > given.Address.BitLength);

    private static bool IsLong(string? name) =>
        name is not null && Encoding.UTF8.GetByteCount(name) is 0 or >= LinkConstants.IFNAMSIZ;

    private static void Throw(RouteRule rule, string? fault)
    {
        if (fault is not null)
        {
            throw new ArgumentException($"'{rule}' cannot be a rule. {fault}", nameof(rule));
        }
    }
}
