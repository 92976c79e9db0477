using EgressNet.Netlink.Rules;
using EgressNet.Netlink.Transport;

namespace EgressNet.Changes;

/// <summary>A route rule is deleted.</summary>
/// <param name="connect">A connection in its namespace.</param>
/// <param name="present">The rule as read.</param>
internal sealed class DeleteRule(Func<NetlinkConnection> connect, RouteRule present) : Change
{
    public override string Text => $"delete route rule {present}";

    public override string Trace => $"missing route rule {present}";

    public override void Apply() => connect().RouteRules.Delete(present);

    public override void Undo() => connect().RouteRules.WriteAndRead(present, RouteRuleChange.Append);
}
