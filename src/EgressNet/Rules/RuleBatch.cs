using EgressNet.Changes;
using EgressNet.Netlink.Rules;
using EgressNet.Netlink.Transport;

namespace EgressNet.Rules;

/// <summary>Adds many rules in few exchanges.</summary>
/// <param name="conversation">One with the rules' namespace.</param>
internal sealed class RuleBatch(Conversation conversation)
{
    private readonly ExactRules _present = new(conversation);

    /// <summary>Adds rules. One that is there is refused, also where no priority was asked for. The kernel takes some for
    /// there that differ: those are added behind the others.</summary>
    /// <param name="rules">What to add; null where there is a fault already.</param>
    /// <param name="faults">Gets, at each one's place, why it was not added.</param>
    /// <returns>The rules as the kernel has them.</returns>
    /// <exception cref="NetlinkTransportException">Nobody knows which were added.</exception>
    public RouteRule?[] Add(IReadOnlyList<RouteRule?> rules, Exception?[] faults)
    {
        _present.Renew([]);
        RouteRule?[] written = new RouteRule?[rules.Count];
        int[] places = new int[rules.Count];
        HashSet<RouteRule> placeless = [];
        using NetlinkBatch batch = conversation.Connection.CreateRouteRuleBatch((place, rule) => written[places[place]] = rule);
        for (int i = 0; i < rules.Count; i++)
        {
            try
            {
                if (rules[i] is { } rule)
                {
                    RequireFree(rule, placeless);
                    places[batch.Count] = i;
                    batch.Write(rule);
                }
            }
            catch (Exception fault) when (fault is ArgumentException or NetlinkException)
            {
                faults[i] = fault;
            }
        }

        Dictionary<int, NetlinkException> refusals =
            batch.Complete().ToDictionary(refused => places[refused.Index], refused => refused.Error);
        foreach (int place in places.Take(batch.Count))
        {
            try
            {
                written[place] = refusals.TryGetValue(place, out NetlinkException? refused)
                    ? Append(rules[place]!, refused)
                    : written[place] ?? rules[place]!;
                RequireWhole(rules[place]!, written[place]!);
                _present.Add(written[place]!);
            }
            catch (NetlinkException fault)
            {
                faults[place] = fault.Operation.Change is null ? fault.Within($"add route rule {rules[place]}") : fault;
            }
        }

        return written;
    }

    /// <summary>Makes sure that a rule is not there.</summary>
    /// <param name="rule">The one to be added.</param>
    /// <exception cref="NetlinkException">EEXIST: it is.</exception>
    public void RequireFree(RouteRule rule)
    {
        _present.Renew([]);
        if (_present.FindSame(rule) is { } present)
        {
            throw RuleAddition.Taken(present);
        }
    }

    private void RequireFree(RouteRule rule, HashSet<RouteRule> placeless)
    {
        if (_present.FindSame(rule) is { } present)
        {
            throw RuleAddition.Taken(present);
        }

        if (rule.Priority is null && !placeless.Add(rule))
        {
            throw RuleAddition.Taken(rule);
        }
    }

    private RouteRule Append(RouteRule rule, NetlinkException refused) =>
        refused.IsAlreadyThere && _present.FindSame(rule) is null
            ? conversation.Connection.RouteRules.WriteAndRead(rule, RouteRuleChange.Append)
            : throw refused;

    private void RequireWhole(RouteRule asked, RouteRule written)
    {
        if (RuleAddition.Ignored(asked, written) is { } ignored)
        {
            conversation.Connection.RouteRules.Delete(written);
            throw ignored;
        }
    }
}
