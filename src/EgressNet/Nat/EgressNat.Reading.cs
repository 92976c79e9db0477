using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;

namespace EgressNet.Nat;

public sealed partial class EgressNat
{
    private const int EINVAL = 22, EOPNOTSUPP = 95, EPROTONOSUPPORT = 93;

    /// <summary>How the table itself is.</summary>
    /// <exception cref="NetlinkException">EOPNOTSUPP: the kernel has no nf_tables; EPERM.</exception>
    public NatTableState State
    {
        get
        {
            try
            {
                List<NfRule> rules = [.. Tables.ListRules(EgressTable.Table)];
                return rules.Count > 0 && IsIntact(rules) ? NatTableState.Intact
                    : Tables.ListTables(EgressTable.Table.Family).Any(table => table.Name == EgressTable.Table.Name)
                        ? NatTableState.Damaged
                        : NatTableState.Absent;
            }
            catch (NetlinkException absent) when (absent.Errno is EINVAL or EOPNOTSUPP or EPROTONOSUPPORT)
            {
                throw new NetlinkException(absent.Operation, EOPNOTSUPP, "This kernel has no nf_tables");
            }
        }
    }

    /// <summary>Finds the entry of an address, however many there are.</summary>
    /// <param name="source">The address.</param>
    /// <returns>The entry, or null.</returns>
    public NatEntry? Find(InetAddress source) =>
        NatHolding.Find(Tables, source) is { IsEmpty: false } holding ? holding.ToEntry() : null;

    /// <summary>Reads all entries, in order of their addresses.</summary>
    /// <returns>The entries; none where there is no table.</returns>
    /// <exception cref="NetlinkException">The kernel has no nf_tables (EOPNOTSUPP), or EPERM.</exception>
    public IReadOnlyList<NatEntry> List() => State == NatTableState.Absent
        ? []
        :
        [
            .. NatHolding.List(Tables, AddressFamily.IPv4)
                .Concat(NatHolding.List(Tables, AddressFamily.IPv6))
                .Select(holding => holding.ToEntry())
                .OrderBy(entry => entry.Source),
        ];

    // Rules in chains that somebody else put into the table are theirs.
    private static bool IsIntact(List<NfRule> rules) => EgressTable.Chains.All(chain =>
    {
        NfRule[] present = [.. rules.Where(rule => rule.Chain == chain.Name)];
        NfRule[] wanted = [.. EgressTable.Rules.Where(rule => rule.Chain == chain.Name)];
        return present.Length == wanted.Length
            && present.Zip(wanted).All(pair => pair.First.Expressions.SequenceEqual(pair.Second.Expressions));
    });
}
