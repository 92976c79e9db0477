using EgressNet.Netlink;
using EgressNet.Netlink.Conntrack;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;
using static EgressNet.Netlink.Errno;

namespace EgressNet.Nat;

internal sealed partial class NatTable
{
    // Each is added and deleted, with 170 bytes at most.
    private const int MaxElements = 700;

    /// <summary>Removes the entries that an owner has of some addresses, and the tracked connections of these. What was
    /// given to another owner in the meantime stays.</summary>
    /// <param name="sources">The addresses.</param>
    /// <returns>The entries removed.</returns>
    /// <exception cref="EgressTableConflictException">The table is somebody else's.</exception>
    /// <exception cref="EgressTableBusyException">Other programs kept changing nf_tables.</exception>
    /// <exception cref="NfTransactionException">The kernel refused; nothing was changed.</exception>
    public IReadOnlyList<NatEntry> Remove(string owner, IReadOnlyCollection<InetAddress> sources) =>
        Remove([.. sources.Select(source => (owner, source))]);

    /// <summary>Removes entries of several owners, as <see cref="Remove(string, IReadOnlyCollection{InetAddress})"/> does
    /// those of one.</summary>
    /// <param name="meant">Owners and their addresses.</param>
    /// <param name="groupOf">The own group of an owner's host end, by which metadata pairs are known that tell nothing of
    /// whose they are, or 0; null for no groups.</param>
    /// <returns>The entries removed, in as few steps as there is room for.</returns>
    public IReadOnlyList<NatEntry> Remove(
        IReadOnlyList<(string Owner, InetAddress Source)> meant, Func<string, uint>? groupOf = null)
    {
        HashSet<string> told = [];
        List<NatEntry> removed = [];
        HashSet<InetAddress> free = [];
        int from = 0;
        try
        {
            do
            {
                (from, IEnumerable<NatEntry> some) = Contention.Run(() => RemoveSome(meant, groupOf, from, told, free));
                removed.AddRange(some);
            }
            while (from < meant.Count);
        }
        catch (EgressTableConflictException)
        {
            free.UnionWith(meant.Select(each => each.Source));
            throw;
        }
        finally
        {
            Forget(free.Union(removed.Select(entry => entry.Source)));
        }

        return removed;
    }

    // As many as a transaction has room for, and where the next one begins. What nobody has in the table is free.
    private (int Next, IEnumerable<NatEntry> Removed) RemoveSome(
        IReadOnlyList<(string Owner, InetAddress Source)> meant, Func<string, uint>? groupOf, int from, HashSet<string> told,
        HashSet<InetAddress> free)
    {
        if (!IsThere())
        {
            free.UnionWith(meant.Skip(from).Select(each => each.Source));
            return (meant.Count, []);
        }

        List<NatHolding> held = [];
        NatPairs pairs = new(Tables);
        int next = from;
        for (int room = MaxElements; next < meant.Count; next++)
        {
            NatHolding holding = NatHolding.Find(
                Tables, meant[next].Source, pairs, group: groupOf?.Invoke(meant[next].Owner) ?? 0);
            if (holding.IsEmpty)
            {
                free.Add(holding.Source);
            }
            else if (holding.IsOf(meant[next].Owner))
            {
                room -= holding.Count;
                if (room < 0 && held.Count > 0)
                {
                    break;
                }

                if (!NatCapacity.HasRoom([], [holding]))
                {
                    EraseSome(holding);
                    return (next, []);
                }

                held.Add(holding);
            }
        }

        held.ForEach(holding => Tell(told, $"delete NAT of {holding.Source}"));
        Commit(null, transaction => NatHolding.Erase(transaction, held));
        return (next, held.Select(holding => holding.ToEntry()));
    }

    // Its exclusions first: the address keeps its owner until the last of it goes.
    private void EraseSome(NatHolding large) =>
        Commit(null, transaction => large.EraseSome(transaction, MaxElements / 2));

    /// <summary>Has the connections that got no answer yet tracked anew: one that began without its translation is dropped
    /// for as long as it goes on.</summary>
    /// <param name="addresses">The containers' addresses.</param>
    internal void ForgetUnanswered(InetAddress[] addresses) =>
        Forget(addresses, "unanswered tracked", connections => connections.DeleteUnansweredOf(addresses));

    // A tracked connection keeps its translation: the address's next owner would inherit it.
    private void Forget(IEnumerable<InetAddress> addresses)
    {
        InetAddress[] all = [.. addresses];
        Forget(all, "tracked", connections => connections.DeleteOf(all));
    }

    // How many there are is known only once they are gone.
    private void Forget(IEnumerable<InetAddress> addresses, string kind, Func<ConntrackOperations, int> delete)
    {
        try
        {
            if (delete(netfilter.Conntrack) is > 0 and int count)
            {
                report?.Invoke(
                    $"delete {count} {kind} connection{(count == 1 ? "" : "s")} of {string.Join(", ", addresses)}");
            }
        }
        catch (NetlinkException refused) when (IsOfAbsence(refused.Errno) && !CanCountConnections())
        {
            report?.Invoke("keep tracked connections: this kernel has no ctnetlink");
        }
    }

    private bool CanCountConnections()
    {
        try
        {
            _ = netfilter.Conntrack.Count;
            return true;
        }
        catch (NetlinkException absent) when (IsOfAbsence(absent.Errno))
        {
            return false;
        }
    }

    // A subsystem that is missing.
    private static bool IsOfAbsence(Errno errno) => errno is ENOENT or EINVAL or EOPNOTSUPP or EPROTONOSUPPORT;
}
