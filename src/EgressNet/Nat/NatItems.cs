using EgressNet.Netlink.Netfilter;

namespace EgressNet.Nat;

/// <summary>An element with its set.</summary>
internal sealed record NatElement(NfSet Set, NfElement Element);

/// <summary>Elements of several sets, grouped into few items of a transaction.</summary>
internal static class NatItems
{
    // An attribute holds 64 KiB, and an element with the longest tag takes some 350 bytes.
    private const int MaxPerItem = 128;

    /// <summary>Groups elements into items of a transaction, set by set and in their order.</summary>
    /// <param name="elements">The elements, each with its set.</param>
    /// <param name="take">Takes an item.</param>
    public static void InItems(this IEnumerable<NatElement> elements, Action<NfSet, NfElement[]> take)
    {
        foreach (IGrouping<string, NatElement> group in elements.GroupBy(each => each.Set.Name))
        {
            foreach (NfElement[] some in group.Select(each => each.Element).Chunk(MaxPerItem))
            {
                take(group.First().Set, some);
            }
        }
    }
}
