using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Rules;

/// <summary>The rules of a connection's namespace that say which routing table a packet looks in.</summary>
public readonly struct RouteRuleOperations
{
    internal static readonly NetlinkOperation DeleteOperation = new("delete", NetlinkObject.RouteRule);
    private readonly NetlinkConnection _connection;

    internal RouteRuleOperations(NetlinkConnection connection) => _connection = connection;

    /// <summary>Reads rules as a whole, in the order in which the kernel goes through them. It marks no reading that
    /// changed underneath: where it came in several parts, two are put together.</summary>
    /// <param name="family">One family, or both, IPv4 first.</param>
    /// <returns>The rules; none of a family that the kernel lacks.</returns>
    public IReadOnlyList<RouteRule> List(AddressFamily family = AddressFamily.Unspecified)
    {
        if (family == AddressFamily.Unspecified)
        {
            return [.. List(AddressFamily.IPv4), .. List(AddressFamily.IPv6)];
        }

        NetlinkWriter request = _connection.Begin(RTM.RTM_GETRULE, NLM_F.NLM_F_DUMP);
        request.Header(new fib_rule_hdr { family = (byte)family });
        bool Read(in NetlinkMessage message, out RouteRule rule)
        {
            rule = null!;
            return message.Type == (ushort)RTM.RTM_NEWRULE
                && RouteRuleReader.TryRead(in message, out rule) && rule.Family == family;
        }

        try
        {
            return _connection.DumpUnmarked<RouteRule>(
                ref request, NetlinkOperation.List(NetlinkObject.RouteRule), Read, static rule => rule);
        }
        catch (NetlinkException lacking) when (lacking.Errno is Errno.EAFNOSUPPORT or Errno.EOPNOTSUPP)
        {
            return [];
        }
    }

    /// <summary>Writes one rule and reads it back in the same exchange, as the kernel completed it.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="change">What to do where the kernel knows its like.</param>
    /// <returns>The kernel's rule; <paramref name="rule"/> itself where the kernel does not echo.</returns>
    /// <remarks>An older kernel ignores selectors that it does not know, and takes the rule for more packets: compare what
    /// comes back.</remarks>
    /// <exception cref="ArgumentException">The rule contradicts itself; nothing was sent.</exception>
    /// <exception cref="NetlinkException">EEXIST; EINVAL; EAFNOSUPPORT without the family; EPERM, also for a user range in a
    /// user namespace that is not the network's own; others.</exception>
    public RouteRule WriteAndRead(RouteRule rule, RouteRuleChange change = RouteRuleChange.Add)
    {
        RouteRuleRules.ThrowIfInvalid(rule);
        NetlinkWriter request = _connection.Begin(RTM.RTM_NEWRULE, FlagsOf(change));
        RouteRuleMessage.Write(ref request, rule);
        return _connection.Execute(ref request, OperationOf(change, rule.Family), static (in message) => ReadOrNull(in message))
            ?? rule;
    }

    /// <summary>Deletes the first rule that has all that this one has.</summary>
    /// <remarks>The kernel takes what a rule lacks as any, and does not compare Invert and the target at all: of two with one
    /// priority, the first may go for the second.</remarks>
    /// <param name="rule">The rule, as read: without a priority, the first of any would go.</param>
    /// <exception cref="ArgumentException">It has no priority; nothing was sent.</exception>
    /// <exception cref="NetlinkException">ENOENT where there is none; EPERM and others.</exception>
    public void Delete(RouteRule rule)
    {
        ThrowIfUndeletable(rule);
        NetlinkWriter request = _connection.Begin(RTM.RTM_DELRULE);
        RouteRuleMessage.Write(ref request, rule);
        _connection.Execute(ref request, DeleteOperation);
    }

    internal static void ThrowIfUndeletable(RouteRule rule)
    {
        RouteRuleRules.ThrowIfUnnamable(rule);
        if (rule.Priority is null)
        {
            throw new ArgumentException($"'{rule}' has no priority: the first of any would go.", nameof(rule));
        }
    }

    internal static RouteRule? ReadOrNull(in NetlinkMessage message) =>
        message.Type == (ushort)RTM.RTM_NEWRULE && RouteRuleReader.TryRead(in message, out RouteRule read) ? read : null;

    internal static NetlinkOperation OperationOf(RouteRuleChange change, AddressFamily family) =>
        new(change.ToString().ToLowerInvariant(), NetlinkObject.RouteRule, family);

    internal static NLM_F FlagsOf(RouteRuleChange change) => change == RouteRuleChange.Add
        ? NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL
        : NLM_F.NLM_F_CREATE;
}
