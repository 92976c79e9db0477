using System.Diagnostics;
using EgressNet.Netlink.Conntrack;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;

namespace EgressNet.Nat;

/// <summary>The source NAT of containers, in the nf_tables table <c>egressnet</c> of a node. Adding and removing an
/// address costs the same however many there are.</summary>
/// <param name="netfilter">A connection to the packet filter of the node's namespace.</param>
/// <param name="report">Told each kernel change just before it is made; null for nobody.</param>
public sealed class EgressNat(NetlinkConnection netfilter, Action<string>? report = null)
{
    private const int ENOENT = 2, EINVAL = 22, EOPNOTSUPP = 95, EPROTONOSUPPORT = 93;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private NfTablesOperations Tables => netfilter.NfTables;

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

    // Rules in chains that somebody else put into the table are theirs.
    private static bool IsIntact(List<NfRule> rules) => EgressTable.Chains.All(chain =>
    {
        NfRule[] present = [.. rules.Where(rule => rule.Chain == chain.Name)];
        NfRule[] wanted = [.. EgressTable.Rules.Where(rule => rule.Chain == chain.Name)];
        return present.Length == wanted.Length
            && present.Zip(wanted).All(pair => pair.First.Expressions.SequenceEqual(pair.Second.Expressions));
    });

    // A tracked connection keeps its translation: the address's next owner would inherit it.
    private void Forget(IEnumerable<NatEntry> entries) =>
        netfilter.Conntrack.DeleteOf([.. entries.Select(entry => entry.Source)]);

    private bool TryAdd(NatAddition addition, Action<NatAddition>? intend, HashSet<string> told)
    {
        try
        {
            Commit(null, addition, intend, transaction => Write(transaction, addition.Added, told));
            return true;
        }
        catch (NfTransactionException taken) when (taken.Refusal.IsAlreadyThere || taken.Errno == ENOENT)
        {
            return false;
        }
    }

    private void WriteTable(NfTransaction transaction, NatTableState state, HashSet<string> told)
    {
        if (state == NatTableState.Intact)
        {
            return;
        }

        Tell(told, $"{(state == NatTableState.Absent ? "add" : "repair")} table {EgressTable.Table.Name}");
        transaction.Add(EgressTable.Table, NfAdd.Ensure);
        foreach (NfSet set in EgressTable.Sets)
        {
            transaction.Add(set, NfAdd.Ensure);
        }

        foreach (NfChain chain in EgressTable.Chains)
        {
            transaction.Add(chain, NfAdd.Ensure);
            transaction.Clear(chain);
        }

        foreach (NfRule rule in EgressTable.Rules)
        {
            transaction.Add(rule);
        }
    }

    private void Write(NfTransaction transaction, IReadOnlyList<NatEntry> entries, HashSet<string> told)
    {
        foreach (NatEntry entry in entries)
        {
            Tell(told, $"add NAT {entry}");
            AddressFamily family = entry.Source.Family;
            NfElement element = new() { Key = entry.Source, UserData = NatUserData.OfOwner(entry.Owner) };
            transaction.Add(
                EgressTable.Containers(family),
                element with { UserData = NatUserData.Of(entry.Owner, entry.Declaration) });
            if (entry.Nat is { } nat)
            {
                transaction.Add(EgressTable.Translated(family, nat), element with { Value = nat.NodeAddress });
            }

            foreach (InetPrefix destination in entry.Excluded)
            {
                transaction.Add(
                    EgressTable.Exclusions(family),
                    NfElement.OfPair(entry.Source, destination) with { UserData = element.UserData });
            }
        }
    }

    // A change that is tried again is told once.
    private void Tell(HashSet<string> told, string change)
    {
        if (told.Add(change))
        {
            report?.Invoke(change);
        }
    }

    private void Commit(
        NfGeneration? generation, NatAddition addition, Action<NatAddition>? intend, Action<NfTransaction> fill)
    {
        intend?.Invoke(addition);
        try
        {
            Commit(generation, fill);
        }
        catch (NfTransactionException)
        {
            intend?.Invoke(NatAddition.None);
            throw;
        }
    }

    private void Commit(NfGeneration? generation, Action<NfTransaction> fill)
    {
        using NfTransaction transaction = Tables.CreateTransaction(generation);
        fill(transaction);
        transaction.Commit();
    }

    // Others change nf_tables too, and each of their changes makes ours start over.
    private T Guarded<T>(Func<NfGeneration, T> change)
    {
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return change(Tables.GetGeneration());
            }
            catch (NfTransactionException outdated)
                when (outdated.IsOutdated && Stopwatch.GetElapsedTime(started) < s_patience)
            {
            }
        }
    }
}
