using System.Diagnostics;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;

namespace EgressNet.Nat;

public sealed partial class EgressNat
{
    private const int ENOENT = 2;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

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
