using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;

namespace EgressNet.Nat;

/// <summary>Finds chains of other tables that drop what a node forwards for containers: Docker, firewalld and ufw set
/// such.</summary>
/// <remarks>Looked at are the filter chains of ip, ip6 and inet at the hooks that a forwarded packet passes. Their rules
/// are gone through in order, jumps as well, for the first packet of a connection out, a later one, and a reply. What is
/// about a part of these alone, such as a port, neither accepts nor drops them. What cannot be told may suit them or not:
/// a drop is certain where it comes either way. The legacy iptables is no part of nf_tables.</remarks>
internal sealed class ForwardDrops
{
    private readonly NfTablesOperations _tables;
    private readonly List<ForwardChain> _chains = [];
    private readonly Dictionary<ForwardSetKey, ForwardSet?> _sets = [];

    /// <summary>Reads the chains of all tables.</summary>
    /// <param name="netfilter">A connection to the packet filter of the node's namespace.</param>
    public ForwardDrops(NetlinkConnection netfilter)
    {
        _tables = netfilter.NfTables;
        foreach (IGrouping<NfTable, NfChain> chains in
            Contention.Run(() => _tables.ListChains()).Where(IsPassed)
                .GroupBy(chain => new NfTable { Family = chain.Family, Name = chain.Table }))
        {
            NfTable table = chains.Key;
            ILookup<string, NfRule> rules =
                Contention.Run(() => _tables.ListRules(table)).ToLookup(rule => rule.Chain);
            NfChain[] deciding =
                [.. chains.Where(chain => chain.Policy == NfPolicy.Drop || rules[chain.Name].Any())];
            if (deciding.Length > 0 && _tables.Find(table) is { IsDormant: false })
            {
                _chains.AddRange(deciding.Select(chain => new ForwardChain(chain, rules)));
            }
        }
    }

    private sealed record ForwardSetKey(NfFamily Family, string Table, string Name);

    private sealed record ForwardChain(NfChain Chain, ILookup<string, NfRule> Rules);

    [Flags]
    private enum Fates
    {
        None = 0,
        Undecided = 1,
        Accepted = 2,
        Dropped = 4,
    }

    /// <summary>Finds the chains that drop a container's packets.</summary>
    /// <param name="host">A connection to the node's routes and links.</param>
    /// <param name="hostInterface">The name of the container's host end.</param>
    /// <param name="addresses">The container's addresses.</param>
    public IEnumerable<ForwardDrop> Of(
        NetlinkConnection host, string hostInterface, IReadOnlyCollection<InetAddress> addresses)
    {
        ForwardPacket[] packets = _chains.Count == 0
            ? []
            : [.. addresses.SelectMany(address => ForwardPacket.Of(host, hostInterface, address))];
        foreach ((NfChain chain, ILookup<string, NfRule> rules) in _chains)
        {
            ForwardPacket[] seen =
            [
                .. packets.Where(packet => packet.IsOf(chain.Family))
                    .Select(packet => packet with { Hook = chain.Hook!.Value, Priority = chain.Priority }),
            ];
            bool isCertain = seen.Any(packet => Drops(chain, rules, packet, ForwardMatch.Unknown));
            if (isCertain || seen.Any(packet => Drops(chain, rules, packet, ForwardMatch.All)))
            {
                yield return new ForwardDrop(
                    chain, rules.Contains("DOCKER-USER") ? "DOCKER-USER" : chain.Name, isCertain);
            }
        }
    }

    private static bool IsPassed(NfChain chain) =>
        chain is { Hook: NfHook.PreRouting or NfHook.Forward or NfHook.PostRouting, Type: "filter" }
        && chain.Family is NfFamily.Inet or NfFamily.IPv4 or NfFamily.IPv6
        && (chain.Family, chain.Table) != (EgressTable.Table.Family, EgressTable.Table.Name);

    private bool Drops(NfChain chain, ILookup<string, NfRule> rules, ForwardPacket packet, ForwardMatch least)
    {
        Fates fates = Pass(rules, chain.Name, packet, least);
        return fates == Fates.Dropped
            || (chain.Policy == NfPolicy.Drop && (fates & Fates.Accepted) == 0);
    }

    // All that may become of a packet, where rules that are about it no surer than that are as if they were not there.
    private Fates Pass(ILookup<string, NfRule> rules, string chain, ForwardPacket packet, ForwardMatch least)
    {
        Fates all = Fates.None;
        foreach ((ForwardMatch match, NfVerdict verdict) in rules[chain].SelectMany(
            rule => ForwardRule.Apply(rule, packet, name => SetOf(rule, name))).Where(each => each.Match >= least))
        {
            Fates fates = verdict.Kind switch
            {
                NfVerdictKind.Accept => Fates.Accepted,
                NfVerdictKind.Drop => Fates.Dropped,
                NfVerdictKind.Return => Fates.Undecided,
                NfVerdictKind.Jump or NfVerdictKind.Goto => Pass(rules, verdict.Chain!, packet, least),
                _ => Fates.None,
            };
            bool goesOn = verdict.Kind == NfVerdictKind.Jump && fates.HasFlag(Fates.Undecided);
            all |= goesOn ? fates & ~Fates.Undecided : fates;
            if (match == ForwardMatch.All && fates != Fates.None && !goesOn)
            {
                return all;
            }
        }

        return all | Fates.Undecided;
    }

    private ForwardSet? SetOf(NfRule rule, string name)
    {
        ForwardSetKey key = new(rule.Family, rule.Table, name);
        if (!_sets.TryGetValue(key, out ForwardSet? known))
        {
            NfTable table = new() { Family = rule.Family, Name = rule.Table };
            known = _tables.ListSets(table).FirstOrDefault(each => each.Name == name) is { } set
                ? new ForwardSet(set, Contention.Run(() => NatPairs.All(_tables, set)))
                : null;
            _sets.Add(key, known);
        }

        return known;
    }
}
