using EgressNet.Netlink.Rules;
using EgressNet.Netlink.Transport;

namespace EgressNet.Changes;

/// <summary>A route rule is added behind all of its priority.</summary>
/// <param name="connect">A connection in its namespace.</param>
/// <param name="rule">The rule.</param>
internal sealed class AddRule(Func<NetlinkConnection> connect, RouteRule rule) : Change
{
    private RouteRule? _made;

    /// <summary>The rule as the kernel has it, once it is made.</summary>
    public RouteRule Made => _made ?? rule;

    public override string Text => $"add route rule {rule}";

    public override string Trace => $"route rule {Made}";

    public override void Apply() => _made = connect().RouteRules.WriteAndRead(rule, RouteRuleChange.Append);

    public override void Undo()
    {
        if ((_made ?? FindOwn()) is { } own)
        {
            connect().RouteRules.Delete(own);
        }
    }

    // A deletion of what was never added would take the next one of its kind.
    private RouteRule? FindOwn() => connect().RouteRules.List(rule.Family).LastOrDefault(rule.IsSame);
}
