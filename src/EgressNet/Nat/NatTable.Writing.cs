using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;

namespace EgressNet.Nat;

internal sealed partial class NatTable
{
    private bool TryAdd(NatAddition addition, Action<NatAddition>? intend, HashSet<string> told)
    {
        try
        {
            Commit(null, addition, intend, transaction => Write(transaction, addition.Added, told));
            return true;
        }
        catch (NfTransactionException taken) when (taken.Refusal.IsAlreadyThere || taken.Refusal.IsAbsent)
        {
            return false;
        }
    }

    private static void Write(EgressTableInspection table, bool hasExclusions, NfTransaction transaction)
    {
        if (table.State == NatTableState.Absent)
        {
            transaction.Add(EgressTable.Table);
        }

        // Rules go before what they look into and where they jump to, maps before chains to which they lead.
        foreach (NfChain chain in table.Chains)
        {
            transaction.Clear(chain);
        }

        foreach (NfSet other in table.OtherSets)
        {
            transaction.Delete(other);
        }

        // A base chain cannot be changed but for its policy.
        foreach (NfChain chain in table.Chains)
        {
            transaction.Delete(chain);
        }

        foreach (NfSet set in EgressTable.Sets(hasExclusions))
        {
            transaction.Add(set, NfAdd.Ensure);
        }

        foreach (NfChain chain in EgressTable.Chains)
        {
            transaction.Add(chain);
        }

        foreach (NfRule rule in EgressRules.All(hasExclusions))
        {
            transaction.Add(rule);
        }
    }

    private void Write(NfTransaction transaction, IReadOnlyList<NatEntry> entries, HashSet<string> told)
    {
        foreach (NatEntry entry in entries)
        {
            Tell(told, $"add NAT {entry}");
        }

        entries.SelectMany(ElementsOf).InItems((set, elements) => transaction.Add(set, elements));
        entries.SelectMany(MetadataOf).InItems((set, elements) => transaction.Add(set, elements));
    }

    private static IEnumerable<NatElement> ElementsOf(NatEntry entry)
    {
        AddressFamily family = entry.Source.Family;
        NfElement element = new() { Key = entry.Source, UserData = NatUserData.OfOwner(entry.Owner) };
        yield return new NatElement(
            EgressTable.Containers(family),
            element with { Value = EgressTable.DigestOf(entry.Owner), UserData = NatUserData.Of(entry) });
        if (entry.Nat is { } nat)
        {
            yield return new NatElement(EgressTable.Translated(family, nat), element with { Value = nat.NodeAddress });
            yield return new NatElement(EgressTable.Hidden(family), element);
        }

        foreach (InetPrefix destination in entry.Excluded)
        {
            yield return new NatElement(
                EgressTable.Exclusions(family),
                NfElement.OfPair(entry.Source, destination) with { UserData = element.UserData });
        }
    }

    private static IEnumerable<NatElement> MetadataOf(NatEntry entry) =>
        entry.Metadata.Distinct().Select(pair => new NatElement(EgressTable.KeptFrom(pair.Address.Family), new NfElement
        {
            Key = NfValue.OfPair(pair.Group, pair.Address),
            UserData = NatUserData.OfSource(entry.Owner, entry.Source),
        }));

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
        NfTransaction transaction = Tables.CreateTransaction(generation);
        fill(transaction);
        transaction.Commit();
    }
}
