using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;

namespace EgressNet.Nat;

/// <summary>Finds chains of other tables that drop what a node forwards for containers: Docker, firewalld and ufw set
/// such.</summary>
/// <remarks>Looked at are base chains at the forward hook of ip, ip6 and inet. Their rules are gone through in order, jumps
/// as well, for the first packet of a connection out, a later one, and a reply. What is about a part of these alone, such
/// as a port, neither accepts nor drops them; what is not looked at may accept and does not drop. The
/// legacy iptables is no part of nf_tables.</remarks>
public sealed class ForwardDrops
{
    private readonly NfTablesOperations _tables;
    private readonly List<(NfChain Chain, ILookup<string, NfRule> Rules)> _chains = [];
    private readonly Dictionary<(NfFamily, string, string), ForwardSet?> _sets = [];

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
            if ((chain.Policy == NfPolicy.Drop || rules[chain.Name].Any()) && _tables.Find(table) is { IsDormant: false })
            {
                _chains.Add((chain, rules));
            }
        }
    }

    private enum Fate
    {
        Undecided,
        Accepted,
        Dropped,
    }

    /// <summary>Finds those that do not let a container pass.</summary>
    /// <param name="host">A connection to the node's routes and links.</param>
    /// <param name="hostInterface">The name of the container's host end.</param>
    /// <param name="addresses">The container's addresses.</param>
    public IEnumerable<ForwardDrop> Of(
        NetlinkConnection host, string hostInterface, IReadOnlyCollection<InetAddress> addresses)
    {
        ForwardPacket[] packets = _chains.Count == 0
            ? []
            : [.. addresses.SelectMany(address => ForwardPacket.Of(host, hostInterface, address))];
        return
        [
            .. from each in _chains
               where packets.Any(packet => packet.IsOf(each.Chain.Family) && Drops(each.Chain, each.Rules, packet))
               select new ForwardDrop(
                   each.Chain, each.Rules.Contains("DOCKER-USER") ? "DOCKER-USER" : each.Chain.Name),
        ];
    }

    private static bool IsForward(NfChain chain) =>
        chain.Hook == NfHook.Forward && chain.Family is NfFamily.Inet or NfFamily.IPv4 or NfFamily.IPv6
        && (chain.Family, chain.Table) != (EgressTable.Table.Family, EgressTable.Table.Name);

    private bool Drops(NfChain chain, ILookup<string, NfRule> rules, ForwardPacket packet) =>
        Pass(rules, chain.Name, packet) switch
        {
            Fate.Undecided => chain.Policy == NfPolicy.Drop,
            Fate fate => fate == Fate.Dropped,
        };

    private Fate Pass(ILookup<string, NfRule> rules, string chain, ForwardPacket packet)
    {
        foreach ((ForwardMatch match, NfVerdict verdict) in rules[chain].SelectMany(
            rule => ForwardRule.Apply(rule, packet, name => SetOf(rule, name))))
        {
            bool isCertain = match == ForwardMatch.All;
            switch (verdict.Kind)
            {
                case NfVerdictKind.Accept when match >= ForwardMatch.Unknown:
                    return Fate.Accepted;
                case NfVerdictKind.Drop when isCertain:
                    return Fate.Dropped;
                case NfVerdictKind.Return when isCertain:
                    return Fate.Undecided;
                case NfVerdictKind.Jump or NfVerdictKind.Goto when match >= ForwardMatch.Unknown:
                    Fate fate = Pass(rules, verdict.Chain!, packet);
                    if (fate == Fate.Accepted || (isCertain && (fate == Fate.Dropped || verdict.Kind == NfVerdictKind.Goto)))
                    {
                        return fate;
                    }

                    break;
            }
        }

        return Fate.Undecided;
    }

    private ForwardSet? SetOf(NfRule rule, string name)
    {
        if (!_sets.TryGetValue((rule.Family, rule.Table, name), out ForwardSet? known))
        {
            NfTable table = new() { Family = rule.Family, Name = rule.Table };
            known = _tables.ListSets(table).FirstOrDefault(each => each.Name == name) is { } set
                ? new ForwardSet(set, Contention.Run(() => NatPairs.All(_tables, set)))
                : null;
            _sets.Add((rule.Family, rule.Table, name), known);
        }

        return known;
    }
}
