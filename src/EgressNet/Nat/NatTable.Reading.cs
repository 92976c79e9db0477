using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;
using static EgressNet.Netlink.Errno;

namespace EgressNet.Nat;

internal sealed partial class NatTable
{
    /// <summary>The state of the table itself.</summary>
    /// <exception cref="NetlinkException">EOPNOTSUPP: the kernel has no nf_tables; EPERM.</exception>
    public NatTableState State => Inspect().State;

    /// <summary>Compares the table itself with its desired state.</summary>
    /// <returns>How it is, and what is wrong with it.</returns>
    /// <exception cref="NetlinkException">EOPNOTSUPP: the kernel has no nf_tables; EPERM.</exception>
    public NatTableReport Inspect()
    {
        EgressTableInspection table = InspectTable();
        return new NatTableReport(table.State, table.Faults);
    }

    /// <summary>Finds the entry of an address, however many there are.</summary>
    /// <param name="source">The address.</param>
    /// <returns>The entry, or null.</returns>
    /// <exception cref="EgressTableConflictException">The table is somebody else's.</exception>
    public NatEntry? Find(InetAddress source) =>
        IsThere() && NatHolding.Find(Tables, source, new NatPairs(Tables)) is { IsEmpty: false } holding
            ? holding.ToEntry()
            : null;

    /// <summary>Reads all entries, in order of their addresses.</summary>
    /// <returns>The entries; none where there is no table.</returns>
    /// <exception cref="EgressTableConflictException">The table is somebody else's.</exception>
    /// <exception cref="NetlinkException">The kernel has no nf_tables (EOPNOTSUPP), or EPERM.</exception>
    public IReadOnlyList<NatEntry> List() => !IsThere()
        ? []
        :
        [
            .. EgressTable.Families.SelectMany(family => NatHolding.List(Tables, family))
                .Select(holding => holding.ToEntry())
                .OrderBy(entry => entry.Source),
        ];

    /// <summary>The error for a kernel without nf_tables, whichever part is missing.</summary>
    internal static NetlinkException Absent(NetlinkOperation operation) =>
        new(operation, EOPNOTSUPP, "This kernel has no nf_tables");

    /// <summary>Whether the table exists and is EgressNet's.</summary>
    private bool IsThere()
    {
        NfTable? table = FindTable();
        return table is null || EgressTable.IsOurs(table)
            ? table is not null
            : throw new EgressTableConflictException();
    }

    private NfTable? FindTable() => FirstOf(() => Tables.Find(EgressTable.Table));

    private EgressTableInspection InspectTable() => FirstOf(() => new EgressTableInspection(Tables));

    // What every kernel with nf_tables answers.
    internal static T FirstOf<T>(Func<T> question)
    {
        try
        {
            return question();
        }
        catch (NetlinkException absent) when (absent.Errno is EINVAL or EOPNOTSUPP or EPROTONOSUPPORT)
        {
            throw Absent(absent.Operation);
        }
    }
}
