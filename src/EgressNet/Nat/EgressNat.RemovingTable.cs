using EgressNet.Netlink.Netfilter;

namespace EgressNet.Nat;

public sealed partial class EgressNat
{
    private const int EBUSY = 16;

    /// <summary>Removes the table once no address is in it. The connection's next request costs as much as there are
    /// addresses left.</summary>
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
                return TryRemoveTable(isCounted ? null : FirstOf(Tables.GetGeneration), told);
            }
            catch (NfTransactionException crossed) when (crossed.IsOutdated)
            {
                isCounted = ElementCount.IsKept(Tables);
                throw;
            }
        });
    }

    private bool TryRemoveTable(NfGeneration? generation, HashSet<string> told)
    {
        if (FindTable() is not { } table || !EgressTable.IsOurs(table)
            || EgressTable.Families.Any(family => Tables.HasElements(EgressTable.Containers(family))))
        {
            return false;
        }

        Tell(told, $"delete table {EgressTable.Table.Name}");
        try
        {
            string[] present = [.. Tables.ListSets(EgressTable.Table).Select(set => set.Name)];
            Commit(generation, transaction =>
            {
                // The kernel itself looks whether somebody added an address in the meantime.
                transaction.Clear(EgressTable.Table);
                foreach (NfSet set in EgressTable.Families.Select(EgressTable.Containers)
                    .Where(set => present.Contains(set.Name)))
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
