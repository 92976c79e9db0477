using System.Diagnostics;
using EgressNet.Changes;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Rules;
using EgressNet.Netlink.Transport;
using static EgressNet.Netlink.Errno;

namespace EgressNet.Rules;

/// <summary>Tells whether the kernel's deletion of a rule would hit that very rule. To the kernel, what a rule lacks means
/// any; Invert and the target are not compared (rule_find, fib4_rule_compare). It takes the first match of the priority.
/// </summary>
/// <param name="conversation">One with the rules' namespace, which is read once for each family.</param>
internal sealed class ExactRules(Conversation conversation)
{
    // About ten times what reading it takes: so the reading never counts for much, and nobody has time to do much.
    private static readonly TimeSpan s_ageOfRule = TimeSpan.FromMicroseconds(10);
    private readonly Dictionary<AddressFamily, Dictionary<uint, List<RouteRule>>> _families = [];
    private long _since;
    private int _count;

    /// <summary>Reads anew what others may have changed: all that is not just read, or that lacks one of the rules.
    /// </summary>
    /// <param name="rules">Rules, as read; none to go by time alone.</param>
    public void Renew(IEnumerable<RouteRule> rules)
    {
        if (Stopwatch.GetElapsedTime(_since) > s_ageOfRule * _count || !rules.All(Contains))
        {
            _families.Clear();
            _count = 0;
        }
    }

    /// <summary>Makes sure that a deletion would take exactly this rule, and forgets it.</summary>
    /// <param name="rule">The rule, as read.</param>
    /// <exception cref="NetlinkException">ENOENT: it is not there.</exception>
    /// <exception cref="RuleShadowedException">The kernel would take another one.</exception>
    public void Take(RouteRule rule)
    {
        RequireDeletable(rule);
        List<RouteRule> likes = Likes(rule);
        likes.RemoveAt(likes.FindIndex(rule.IsSame));
    }

    /// <summary>Makes sure that a deletion would take exactly this rule.</summary>
    /// <param name="rule">The rule, as read.</param>
    /// <exception cref="NetlinkException">ENOENT: it is not there.</exception>
    /// <exception cref="RuleShadowedException">The kernel would take another one.</exception>
    public void RequireDeletable(RouteRule rule)
    {
        RequireThere(rule);
        if (Likes(rule).Find(like => DeletionMatches(like, rule)) is { } first && !first.IsSame(rule))
        {
            throw new RuleShadowedException(
                $"The kernel would take the rule '{first}' in the place of '{rule}': it comes first.");
        }
    }

    /// <summary>Makes sure that exactly this rule is there.</summary>
    /// <param name="rule">The rule, as read.</param>
    /// <exception cref="NetlinkException">ENOENT: it is not.</exception>
    public void RequireThere(RouteRule rule)
    {
        if (!Contains(rule))
        {
            throw new NetlinkException(new("find", NetlinkObject.RouteRule), ENOENT).Within($"find route rule {rule}");
        }
    }

    /// <summary>The rule that is there and does what another is to do: of the same priority, or of any where that has
    /// none.</summary>
    /// <param name="rule">The one to be added.</param>
    /// <returns>Null where there is none.</returns>
    public RouteRule? FindSame(RouteRule rule) => rule.Priority is null
        ? Family(rule.Family).Values.SelectMany(likes => likes)
            .FirstOrDefault(like => like.IsSame(rule with { Priority = like.Priority }))
        : Likes(rule).Find(rule.IsSame);

    /// <summary>The rule that has the place of another: its priority and its selectors.</summary>
    /// <param name="rule">The one to be added.</param>
    /// <returns>Null where there is none.</returns>
    public RouteRule? FindInPlaceOf(RouteRule rule) => Likes(rule).Find(rule.SelectsAs);

    /// <summary>Notes a rule that was made.</summary>
    /// <param name="rule">The rule as the kernel has it.</param>
    public void Add(RouteRule rule) => Likes(rule).Add(rule);

    private static bool DeletionMatches(RouteRule candidate, RouteRule rule) =>
        candidate.Action == rule.Action
        && (rule.Table == 0 || candidate.Table == rule.Table)
        && (rule.InputInterface is null || candidate.InputInterface == rule.InputInterface)
        && (rule.OutputInterface is null || candidate.OutputInterface == rule.OutputInterface)
        && (rule.Mark == 0 || candidate.Mark == rule.Mark)
        && (rule.MarkMask == 0 || candidate.MarkMask == rule.MarkMask)
        && (rule.SuppressInterfaceGroup is null || candidate.SuppressInterfaceGroup == rule.SuppressInterfaceGroup)
        && (rule.SuppressPrefixLength is null || candidate.SuppressPrefixLength == rule.SuppressPrefixLength)
        && (rule.TunnelId == 0 || candidate.TunnelId == rule.TunnelId)
        && (!rule.IsForVrf || candidate.IsForVrf)
        && (rule.UidRange is null || candidate.UidRange == rule.UidRange)
        && (rule.IPProtocol == 0 || candidate.IPProtocol == rule.IPProtocol)
        && (rule.Protocol == 0 || candidate.Protocol == rule.Protocol)
        && (rule.SourcePort is null || candidate.SourcePort == rule.SourcePort)
        && (rule.DestinationPort is null || candidate.DestinationPort == rule.DestinationPort)
        && (rule.Source is null || candidate.Source == rule.Source)
        && (rule.Destination is null || candidate.Destination == rule.Destination)
        && (rule.TypeOfService == 0 || candidate.TypeOfService == rule.TypeOfService)
        && (rule.Dscp is null || candidate.Dscp == rule.Dscp)
        && (rule.Unknown is null || Equals(candidate.Unknown, rule.Unknown));

    private bool Contains(RouteRule rule) => Likes(rule).Exists(rule.IsSame);

    private List<RouteRule> Likes(RouteRule rule)
    {
        Dictionary<uint, List<RouteRule>> family = Family(rule.Family);
        uint priority = rule.Priority ?? 0;
        if (!family.TryGetValue(priority, out List<RouteRule>? likes))
        {
            family.Add(priority, likes = []);
        }

        return likes;
    }

    private Dictionary<uint, List<RouteRule>> Family(AddressFamily family)
    {
        if (!_families.TryGetValue(family, out Dictionary<uint, List<RouteRule>>? read))
        {
            _since = _families.Count == 0 ? Stopwatch.GetTimestamp() : _since;
            IReadOnlyList<RouteRule> rules = conversation.Connection.RouteRules.List(family);
            read = rules.GroupBy(rule => rule.Priority ?? 0).ToDictionary(group => group.Key, group => group.ToList());
            _families.Add(family, read);
            _count += rules.Count;
        }

        return read;
    }
}
