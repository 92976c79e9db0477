using EgressNet.Changes;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;

namespace EgressNet.Nat;

/// <summary>The source NAT of containers, in the nf_tables table <c>egressnet</c> of a node. Adding and removing an
/// address costs the same however many there are.</summary>
/// <param name="netfilter">A connection to the packet filter of the node's namespace.</param>
/// <param name="report">Told each kernel change just before it is made; null for nobody.</param>
/// <param name="warn">Told what is somebody else's in the table and goes; null for nobody.</param>
internal sealed partial class NatTable(
    NetlinkConnection netfilter, Action<string>? report = null, Action<string>? warn = null)
{
    private NfTablesOperations Tables => netfilter.NfTables;

    /// <summary>Adds entries, all or none, and the table before them where it is not there or not whole.</summary>
    /// <param name="entries">The entries, each address once.</param>
    /// <param name="isLive">Whether an entry that has one of the addresses already is somebody's who still uses it. It
    /// is not asked about the entries' own owner; an entry that nobody uses is replaced.</param>
    /// <param name="intend">Told what is about to be done each time that it is tried, so that there is a way back from
    /// a lost answer; null for nobody.</param>
    /// <returns>What was done. A table that was not whole and was made so stays, whatever becomes of the entries.</returns>
    /// <exception cref="AddressInUseException">An address is somebody else's; nothing was changed.</exception>
    /// <exception cref="EgressTableConflictException">The table is somebody else's.</exception>
    /// <exception cref="EgressTableBusyException">Other programs kept changing nf_tables.</exception>
    /// <exception cref="NfTransactionException">The kernel refused; nothing was changed.</exception>
    /// <exception cref="NetlinkException">The kernel has no nf_tables (EOPNOTSUPP), or EPERM.</exception>
    public NatAddition Add(
        IReadOnlyList<NatEntry> entries, Func<NatEntry, bool> isLive, Action<NatAddition>? intend = null)
    {
        HashSet<string> told = [];
        bool excludes = entries.Any(entry => entry.Excluded.Count > 0);
        NatAddition done = Contention.Run(() =>
        {
            EgressTableInspection table = InspectTable();
            NatAddition simple = new(entries, [], CreatedTable: false);
            bool isReady = table.State == NatTableState.Intact && (table.HasExclusions || !excludes);
            if (isReady && TryAdd(simple, intend, told))
            {
                return simple;
            }

            NatHolding[] held = [.. ExistingOf(entries, isLive)];
            while (!NatCapacity.HasRoom(entries, held) && held.MaxBy(each => each.PairCount) is { PairCount: > 0 } large)
            {
                EraseSome(large);
                held = [.. ExistingOf(entries, isLive)];
            }

            NatAddition addition = new(
                entries, [.. held.Select(holding => holding.ToEntry())], table.State == NatTableState.Absent)
            {
                Existing = held,
            };
            Commit(isReady ? null : PrepareTable(table, told), addition, intend, transaction =>
            {
                if (!isReady)
                {
                    Write(table, table.HasExclusions || excludes, transaction);
                }

                NatHolding.Erase(transaction, held);
                Write(transaction, entries, told);
            });
            if (table.IsDormant)
            {
                // The kernel takes no new chains together with this.
                Commit(null, transaction => transaction.Add(EgressTable.Table, NfAdd.Ensure));
            }

            return addition;
        });
        NatEntry[] lost = [.. done.Replaced.Where(old => entries.All(entry => entry.OwnerDigest != old.OwnerDigest))];
        if (lost.Length > 0)
        {
            Forget(Array.ConvertAll(lost, old => old.Source));
        }

        return done;
    }

    /// <summary>Undoes an addition, as far as what it added is unchanged.</summary>
    /// <param name="addition">What was done, or perhaps done.</param>
    public void Undo(NatAddition addition)
    {
        Contention.Run(() =>
        {
            NatPairs pairs = new(Tables);
            NatHolding[] present = !IsThere() ? [] :
            [
                .. addition.Added
                    .Select(entry => (Entry: entry, Holding: NatHolding.Find(Tables, entry.Source, pairs)))
                    .Where(each => each.Holding.Is(each.Entry))
                    .Select(each => each.Holding),
            ];
            Commit(null, transaction =>
            {
                NatHolding.Erase(transaction, present);
                NatHolding.Restore(
                    transaction, addition.Existing.Where(old => present.Any(each => each.Source == old.Source)));
            });
            return present.Length;
        });
        if (addition.CreatedTable)
        {
            RemoveTableIfEmpty();
        }
    }

    private IEnumerable<NatHolding> ExistingOf(IReadOnlyList<NatEntry> entries, Func<NatEntry, bool> isLive)
    {
        NatPairs pairs = new(Tables);
        foreach (NatEntry wanted in entries)
        {
            NatHolding held = NatHolding.Find(
                Tables, wanted.Source, pairs, thoroughly: true, wanted.Metadata.FirstOrDefault()?.Group ?? 0);
            if (!held.IsEmpty)
            {
                NatEntry other = held.ToEntry();
                if (!held.IsOf(wanted.Owner) && isLive(other))
                {
                    throw new AddressInUseException(
                        other.Source, $"Address {other.Source} belongs to {other.Owner} on this node.");
                }

                yield return held;
            }
        }
    }

    private void Warn(HashSet<string> told, IReadOnlyList<string> others)
    {
        string warning = $"Table {EgressTable.Table.Name} is the module's, and what somebody else put into it goes: "
            + $"{string.Join(", ", others)}.";
        if (others.Count > 0 && told.Add(warning))
        {
            warn?.Invoke(warning);
        }
    }

    // Between this look and the transaction nobody may put another table in the place of ours.
    private NfGeneration? PrepareTable(EgressTableInspection table, HashSet<string> told)
    {
        if (table.State == NatTableState.Absent)
        {
            Tell(told, $"add table {EgressTable.Table.Name}");
            return null;
        }

        NfGeneration generation = Tables.GetGeneration();
        IsThere();
        Tell(told, $"repair table {EgressTable.Table.Name}");
        Warn(told, table.Others);
        return generation;
    }
}
