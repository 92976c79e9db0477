using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;

namespace EgressNet.Nat;

/// <summary>The exclusions and the metadata pairs of all addresses. The kernel finds those of one among all only, so they
/// are read when first needed and then once for as many addresses as are looked for.</summary>
internal sealed class NatPairs(NfTablesOperations tables)
{
    private static readonly object s_untold = new();

    // By object: a lookup by a structure is compiled anew in each session.
    private readonly Dictionary<AddressFamily, ILookup<object, NfElement>> _exclusions = [];
    private readonly Dictionary<AddressFamily, ILookup<object, NfElement>> _metadata = [];

    /// <summary>The elements of a set; none where there is no such set.</summary>
    public static IReadOnlyList<NfElement> All(NfTablesOperations tables, NfSet set)
    {
        try
        {
            return tables.ListElements(set);
        }
        catch (NetlinkException absent) when (absent.IsAbsent)
        {
            return [];
        }
    }

    /// <summary>The addresses that have exclusions.</summary>
    public IEnumerable<InetAddress> Excluding(AddressFamily family) => Exclusions(family).Select(group => (InetAddress)group.Key);

    public IReadOnlyList<NfElement> ExclusionsOf(InetAddress source) => [.. Exclusions(source.Family)[source]];

    /// <summary>The metadata pairs of an address. What nft restored has lost all but the comment, which tells the owner; of
    /// what has lost that as well the group tells it. Who has the interface now has its group: what one that is gone left
    /// there is theirs too.</summary>
    public IReadOnlyList<NfElement> MetadataOf(InetAddress source, string? owner, uint group, bool hasInterface)
    {
        if (!_metadata.TryGetValue(source.Family, out ILookup<object, NfElement>? metadata))
        {
            metadata = All(tables, EgressTable.KeptFrom(source.Family)).ToLookup(KeyOf);
            _metadata.Add(source.Family, metadata);
        }

        return
        [
            .. metadata[source],
            .. owner is null ? [] : metadata[NatEntry.DigestOf(owner)],
            .. (group == 0 ? [] : hasInterface ? metadata.SelectMany(each => each) : metadata[s_untold])
                .Where(pair => BitConverter.ToUInt32(pair.Key.ToArray()) == group),
        ];
    }

    private ILookup<object, NfElement> Exclusions(AddressFamily family)
    {
        if (!_exclusions.TryGetValue(family, out ILookup<object, NfElement>? exclusions))
        {
            exclusions = All(tables, EgressTable.Exclusions(family)).ToLookup(SourceOf);
            _exclusions.Add(family, exclusions);
        }

        return exclusions;
    }

    // Its address, or else the digest of its owner, or else nothing.
    private static object KeyOf(NfElement metadata) =>
        NatUserData.SourceOf(metadata.UserData) is { IsNone: false } source ? source
        : NatUserData.OwnerOf(metadata.UserData) is { } owner ? NatEntry.DigestOf(owner)
        : s_untold;

    private static object SourceOf(NfElement pair)
    {
        byte[] key = pair.Key.ToArray();
        return InetAddress.FromBytes(key.AsSpan(0, key.Length / 2));
    }
}
