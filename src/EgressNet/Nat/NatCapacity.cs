using System.Text;
using EgressNet.Netlink.Inet;

namespace EgressNet.Nat;

/// <summary>How many entries can be made or replaced as a whole: what is erased and what takes its place share the
/// 128 KiB of a transaction with the table itself.</summary>
internal static class NatCapacity
{
    private const int MaxBytes = 112 * 1024;

    // Headers and what else goes with a key and an owner's tag.
    private const int OtherBytes = 70;

    /// <summary>Validates the number of one owner's entries.</summary>
    /// <returns>A sentence that begins with the name of a parameter; null where there is room for them.</returns>
    public static string? Validate(IReadOnlyList<NatEntry> entries)
    {
        int all = 0;
        foreach (NatEntry entry in entries)
        {
            all += BytesOf(entry);
        }

        if (all <= MaxBytes)
        {
            return null;
        }

        int addresses = entries.Sum(each => BytesOf(each with { Excluded = [], Metadata = [] }));
        int unexcluded = entries.Sum(each => BytesOf(each with { Excluded = [] }));
        return addresses > MaxBytes ? Fault("IPAddress", entries.Count, 0, addresses)
            : unexcluded > MaxBytes
                ? Fault("MetadataAddress", entries.Sum(each => each.Metadata.Count), addresses, unexcluded)
            : Fault("ExcludePrefix", entries.Sum(each => each.Excluded.Count), unexcluded, all);
    }

    /// <summary>Whether there is room for entries and for erasing what they replace.</summary>
    public static bool HasRoom(IReadOnlyList<NatEntry> entries, IEnumerable<NatHolding> replaced) =>
        entries.Sum(AddedBytes) + replaced.Sum(each => ErasedBytes(each.Source, each.Count)) <= MaxBytes;

    private static string Fault(string parameter, int count, int without, int with) =>
        $"{parameter} brings {count} elements into the packet filter, and at most "
        + $"{(long)count * (MaxBytes - without) / (with - without)} of these can be changed at once.";

    private static int BytesOf(NatEntry entry) =>
        AddedBytes(entry) + ErasedBytes(entry.Source, 3 + entry.Metadata.Count + entry.Excluded.Count);

    private static int AddedBytes(NatEntry entry)
    {
        int tag = Encoding.UTF8.GetByteCount(entry.Owner) + 12;
        return (3 + entry.Metadata.Count) * (tag + OtherBytes) + entry.Excluded.Count * (tag + PairBytes(entry.Source));
    }

    private static int ErasedBytes(InetAddress source, int elements) => elements * 2 * PairBytes(source);

    private static int PairBytes(InetAddress source) => source.Family == AddressFamily.IPv4 ? 40 : 84;
}
