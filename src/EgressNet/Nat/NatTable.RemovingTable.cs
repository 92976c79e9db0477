using EgressNet.Netlink.Netfilter;
using static EgressNet.Netlink.Errno;

namespace EgressNet.Nat;

internal sealed partial class NatTable
{
    /// <summary>Removes the table if it holds no address. Otherwise the connection's next request has to drain a reading of
    /// the addresses.</summary>
    /// <returns>Whether it was removed.</returns>
    /// <exception cref="EgressTableBusyException">Others changed nf_tables all the time, and the kernel does not count
    /// elements.</exception>
    public bool RemoveTableIfEmpty()
    {
        HashSet<string> told = [];
        bool isCounted = false;
        return Contention.Run(() =>
        {
            try
            {
                return TryRemoveTable(FirstOf(Tables.GetGeneration), isCounted, told);
            }
            catch (NfTransactionException crossed) when (crossed.IsOutdated)
            {
                isCounted = ElementCount.IsKept(Tables);
                throw;
            }
        });
    }

    private bool TryRemoveTable(NfGeneration? generation, bool isCounted, HashSet<string> told)
    {
        if (FindTable() is not { } table || !EgressTable.IsOurs(table)
            || EgressTable.Families.Any(family => Tables.HasElements(EgressTable.Containers(family))))
        {
            return false;
        }

        Tell(told, $"delete table {EgressTable.Table.Name}");
        Warn(told, InspectTable().Others);
        try
        {
            HashSet<string> present = [.. Tables.ListSets(EgressTable.Table).Select(set => set.Name)];
            NfSet[] all = [.. EgressTable.Families.Select(EgressTable.Containers)];
            NfSet[] there = [.. all.Where(set => present.Contains(set.Name))];

            // The kernel itself looks whether somebody added an address in the meantime: by its count, if the sets that it
            // could be in are those that were seen.
            Commit(isCounted && there.Length == all.Length ? null : generation, transaction =>
            {
                transaction.Clear(EgressTable.Table);
                foreach (NfSet set in there)
                {
                    transaction.DeleteIfEmpty(set);
                }

                transaction.Delete(EgressTable.Table);
            });
            return true;
        }
        catch (NfTransactionException used) when (used.Errno == EBUSY || used.Refusal.IsAbsent)
        {
            return false;
        }
    }
}
