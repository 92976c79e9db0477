using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;

namespace EgressNet.Nat;

/// <summary>Finds chains of other tables that drop what a node forwards for containers: Docker, firewalld and ufw set
/// such.</summary>
/// <remarks>Looked at are base chains at the forward hook of ip, ip6 and inet that have the policy drop or end in a rule
/// that drops or rejects all. Such a chain lets a container pass when it, or a chain that it jumps to, has a rule that
/// accepts what comes from the container's host end, by name, wildcard or group, and one for what goes to it; for
/// the latter, one that goes by the state of connections will do. Whatever else these rules demand is not looked at, nor
/// is the legacy iptables, which is no part of nf_tables.</remarks>
public sealed class ForwardDrops
{
    private readonly NfTablesOperations _tables;
    private readonly List<(NfChain Chain, ILookup<string, NfRule> Rules)> _drops = [];

    /// <summary>Reads what chains there are.</summary>
    /// <param name="netfilter">A connection to the packet filter of the node's namespace.</param>
    public ForwardDrops(NetlinkConnection netfilter)
    {
        _tables = netfilter.NfTables;
        foreach (NfChain chain in Contention.Run(() => _tables.ListChains()).Where(IsForward))
        {
            NfTable table = new() { Family = chain.Family, Name = chain.Table };
            ILookup<string, NfRule> rules =
                Contention.Run(() => _tables.ListRules(table)).ToLookup(rule => rule.Chain);
            if ((chain.Policy == NfPolicy.Drop || rules[chain.Name].LastOrDefault() is { } last && DropsAll(last))
                && _tables.Find(table) is { IsDormant: false })
            {
                _drops.Add((chain, rules));
            }
        }
    }

    /// <summary>Finds those that do not let a container pass.</summary>
    /// <param name="hostInterface">The name of its host's end.</param>
    /// <param name="families">The families of its addresses.</param>
    public IEnumerable<ForwardDrop> Of(string hostInterface, IReadOnlyCollection<AddressFamily> families) =>
        from drop in _drops
        where families.Any(family => drop.Chain.Family == NfFamily.Inet || (byte)drop.Chain.Family == (byte)family)
        where !Accepts(drop.Rules, drop.Chain.Name, new ForwardRule(hostInterface, IsOutput: false), false)
            || !Accepts(drop.Rules, drop.Chain.Name, new ForwardRule(hostInterface, IsOutput: true), false)
        select new ForwardDrop(drop.Chain, drop.Rules.Contains("DOCKER-USER") ? "DOCKER-USER" : drop.Chain.Name);

    private static bool Accepts(ILookup<string, NfRule> rules, string chain, ForwardRule way, bool isMeant)
    {
        foreach (NfRule rule in rules[chain])
        {
            ForwardMatch match = way.Match(rule);
            bool isForAll = match == ForwardMatch.All;
            switch ((rule.Expressions.LastOrDefault() as NfDecide)?.Verdict)
            {
                case { Kind: NfVerdictKind.Accept } when isForAll || match >= ForwardMatch.Meant
                    || (isMeant && match != ForwardMatch.None):
                    return true;
                case { Kind: NfVerdictKind.Jump or NfVerdictKind.Goto, Chain: { } next }
                    when match != ForwardMatch.None && Accepts(rules, next, way, isMeant || match == ForwardMatch.Meant):
                    return true;
                case { Kind: NfVerdictKind.Drop or NfVerdictKind.Return } when isForAll:
                    return false;
            }
        }

        return false;
    }

    private static bool IsForward(NfChain chain) =>
        chain.Hook == NfHook.Forward && chain.Family is NfFamily.Inet or NfFamily.IPv4 or NfFamily.IPv6
        && (chain.Family, chain.Table) != (EgressTable.Table.Family, EgressTable.Table.Name);

    private static bool DropsAll(NfRule rule) =>
        rule.Expressions.LastOrDefault() is NfDecide { Verdict.Kind: NfVerdictKind.Drop }
            or NfOtherExpression { Name: "reject" }
        && rule.Expressions.SkipLast(1).All(expression => expression is NfCounter);
}
