using EgressNet.Changes;
using EgressNet.Netlink.Rules;
using EgressNet.Netlink.Transport;

namespace EgressNet.Rules;

/// <summary>Puts a rule in the place of the one that has its priority and its selectors. The new one comes before the old
/// one goes, so that no packet meets neither.</summary>
/// <param name="conversation">One with the rules' namespace.</param>
/// <param name="report">Told each change just before it is made; null for nobody.</param>
internal sealed class RuleReplacement(Conversation conversation, Action<string>? report = null)
{
    /// <summary>Puts a rule in place. One that is there already is left alone, wherever it is if no priority was asked for.
    /// </summary>
    /// <param name="rule">The rule.</param>
    /// <returns>The rule as the kernel has it.</returns>
    /// <exception cref="NetlinkException">The kernel refused; nothing has changed.</exception>
    /// <exception cref="RuleShadowedException">The kernel would take another in the old one's place; nothing has changed.
    /// </exception>
    /// <exception cref="UndoFailedException">The kernel refused, and something is left, as told.</exception>
    public RouteRule Put(RouteRule rule)
    {
        using NetlinkConnection.CancellationHold hold = conversation.Connection.HoldCancellation();
        ExactRules rules = new(conversation);
        if (rules.FindSame(rule) is { } present)
        {
            return present;
        }

        RouteRule? old = rule.Priority is null ? null : rules.FindInPlaceOf(rule);
        if (old is not null)
        {
            rules.RequireDeletable(old);
        }

        NetlinkConnection Connect() => conversation.Connection;
        return ChangeSet.Run(report, changes =>
        {
            AddRule added = new(Connect, rule);
            changes.Do(added);
            if (RuleAddition.Ignored(rule, added.Made) is { } ignored)
            {
                throw ignored;
            }

            if (old is not null)
            {
                changes.Do(new DeleteRule(Connect, old));
            }

            return added.Made;
        });
    }
}
