using EgressNet.Netlink.Conntrack;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;

namespace EgressNet.Nat;

/// <summary>The source NAT of containers, in the nf_tables table <c>egressnet</c> of a node. Adding and removing an
/// address costs the same however many there are.</summary>
/// <param name="netfilter">A connection to the packet filter of the node's namespace.</param>
/// <param name="report">Told each kernel change just before it is made; null for nobody.</param>
public sealed partial class EgressNat(NetlinkConnection netfilter, Action<string>? report = null)
{
    private NfTablesOperations Tables => netfilter.NfTables;

    /// <summary>Adds entries, all or none, and the table before them where it is not there or not whole.</summary>
    /// <param name="entries">The entries, each address once.</param>
    /// <param name="isLive">Whether an entry that has one of the addresses already is somebody's who still uses it. It
    /// is not asked about the entries' own owner; an entry that nobody uses is replaced.</param>
    /// <param name="intend">Told what is about to be done each time that it is tried, so that there is a way back from
    /// a lost answer; null for nobody.</param>
    /// <returns>What was done. A table that was not whole and was made so stays, whatever becomes of the entries.
    /// </returns>
    /// <exception cref="AddressInUseException">An address is somebody else's; nothing was changed.</exception>
    /// <exception cref="NfTransactionException">The kernel refused; nothing was changed.</exception>
    /// <exception cref="NetlinkException">The kernel has no nf_tables (EOPNOTSUPP), or EPERM.</exception>
    public NatAddition Add(
        IReadOnlyList<NatEntry> entries, Func<NatEntry, bool> isLive, Action<NatAddition>? intend = null)
    {
        HashSet<string> told = [];
        NatAddition simple = new(entries, [], CreatedTable: false);
        if (State == NatTableState.Intact && TryAdd(simple, intend, told))
        {
            return simple;
        }

        NatAddition done = Guarded(generation =>
        {
            NatTableState state = State;
            NatHolding[] held =
            [
                .. entries.Select(entry => NatHolding.Find(Tables, entry.Source, thoroughly: true))
                    .Where(holding => !holding.IsEmpty),
            ];
            foreach (NatEntry other in held.Select(holding => holding.ToEntry()))
            {
                NatEntry wanted = entries.First(entry => entry.Source == other.Source);
                if (other.Owner != wanted.Owner && isLive(other))
                {
                    throw new AddressInUseException(
                        other.Source, $"Address {other.Source} belongs to {other.Owner} on this node.");
                }
            }

            NatAddition addition = new(
                entries, [.. held.Select(holding => holding.ToEntry())], state == NatTableState.Absent)
            {
                Held = held,
            };
            Commit(generation, addition, intend, transaction =>
            {
                WriteTable(transaction, state, told);
                Array.ForEach(held, holding => holding.Erase(transaction));
                Write(transaction, entries, told);
            });
            return addition;
        });
        Forget(done.Replaced.Where(old => entries.All(entry => entry.Owner != old.Owner)));
        return done;
    }

    /// <summary>Goes back behind an addition, as far as what it added is still there as it was added.</summary>
    /// <param name="addition">What was done, or perhaps done.</param>
    public void Undo(NatAddition addition)
    {
        Guarded(generation =>
        {
            NatHolding[] present =
            [
                .. addition.Added
                    .Select(entry => (Entry: entry, Holding: NatHolding.Find(Tables, entry.Source)))
                    .Where(each => each.Holding.Is(each.Entry))
                    .Select(each => each.Holding),
            ];
            Commit(generation, transaction =>
            {
                Array.ForEach(present, holding => holding.Erase(transaction));
                foreach (NatHolding old in addition.Held.Where(old => present.Any(each => each.Source == old.Source)))
                {
                    old.Restore(transaction);
                }
            });
            return present.Length;
        });
        if (addition.CreatedTable)
        {
            RemoveTableIfEmpty();
        }
    }

    /// <summary>Removes the entries that an owner has of some addresses, and the tracked connections of these. What was
    /// given to another owner in the meantime stays.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="sources">The addresses.</param>
    /// <returns>The entries removed, all in one step.</returns>
    /// <exception cref="NfTransactionException">The kernel refused; nothing was changed.</exception>
    public IReadOnlyList<NatEntry> Remove(string owner, IReadOnlyCollection<InetAddress> sources)
    {
        HashSet<string> told = [];
        IReadOnlyList<NatEntry> removed = Guarded<IReadOnlyList<NatEntry>>(generation =>
        {
            NatHolding[] held =
            [
                .. sources.Select(source => NatHolding.Find(Tables, source))
                    .Where(holding => !holding.IsEmpty && holding.Owner == owner),
            ];
            Commit(generation, transaction => Array.ForEach(held, holding =>
            {
                Tell(told, $"delete NAT of {holding.Source}");
                holding.Erase(transaction);
            }));
            return [.. held.Select(holding => holding.ToEntry())];
        });
        Forget(removed);
        return removed;
    }

    /// <summary>Removes the table once no address is in it. The connection's next request costs as much as there are
    /// addresses left.</summary>
    /// <returns>Whether it was removed.</returns>
    public bool RemoveTableIfEmpty()
    {
        HashSet<string> told = [];
        return Guarded(generation =>
        {
            if (Tables.HasElements(EgressTable.Containers(AddressFamily.IPv4))
                || Tables.HasElements(EgressTable.Containers(AddressFamily.IPv6))
                || State == NatTableState.Absent)
            {
                return false;
            }

            Tell(told, $"delete table {EgressTable.Table.Name}");
            Commit(generation, transaction => transaction.Delete(EgressTable.Table));
            return true;
        });
    }

    // A tracked connection keeps its translation: the address's next owner would inherit it.
    private void Forget(IEnumerable<NatEntry> entries) =>
        netfilter.Conntrack.DeleteOf([.. entries.Select(entry => entry.Source)]);
}
