using EgressNet.Errors;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Rules;

namespace EgressNet.Arguments;

/// <summary>What is asked of a route rule, where one argument contradicts another.</summary>
internal static class RouteRuleArgument
{
    /// <summary>The family that the prefixes have, or the one named.</summary>
    /// <exception cref="ErrorRecordException">They are of several.</exception>
    public static AddressFamily FamilyOf(AddressFamily? named, InetPrefix? source, InetPrefix? destination)
    {
        AddressFamily family = named ?? source?.Family ?? destination?.Family ?? AddressFamily.IPv4;
        (string Parameter, object Value, string)? fault =
            source is { } from && from.Family != family ? ("SourcePrefix", from, $"it is not of family {family}")
            : destination is { } to && to.Family != family ? ("DestinationPrefix", to, $"it is not of family {family}")
            : null;
        ThrowIf(fault);
        return family;
    }

    /// <exception cref="ErrorRecordException">The kernel would refuse it, or make another rule.</exception>
    public static void ThrowIfInvalid(RouteRule rule, bool namesTable) => ThrowIf(rule switch
    {
        { Action: RouteRuleAction.Goto, Target: 0 } => ("Action", rule.Action, "Goto is missing"),
        { Action: not RouteRuleAction.Goto, Target: not 0 } => ("Goto", rule.Target, $"Action '{rule.Action}' goes nowhere"),
        { Action: not RouteRuleAction.Lookup } when namesTable =>
            ("RouteTable", rule.Table, $"Action '{rule.Action}' has none"),
        { IsForVrf: true } when namesTable => ("RouteTable", rule.Table, "L3Mdev looks in that of the VRF"),
        { IsForVrf: true, Action: not RouteRuleAction.Lookup } =>
            ("Action", rule.Action, "L3Mdev is a Lookup"),
        { Priority: { } own, Target: not 0 } when rule.Target <= own =>
            ("Goto", rule.Target, $"it is not above Priority '{own}'"),
        { TypeOfService: not 0, Dscp: { } dscp } => ("Dscp", dscp, "TypeOfService has the same bits"),
        _ when (rule.Mark & ~rule.MarkMask) != 0 =>
            ("Mark", $"0x{rule.Mark:x}", $"MarkMask '0x{rule.MarkMask:x}' leaves bits of it out, so that no packet has it"),
        _ => null,
    });

    private static void ThrowIf((string Parameter, object Value, string Reason)? fault)
    {
        if (fault is { } wrong)
        {
            throw new ErrorRecordException($"{wrong.Parameter} '{wrong.Value}' cannot be: {wrong.Reason}."
                .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, wrong.Value));
        }
    }
}
