using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;

namespace EgressNet.Nat;

/// <summary>The elements that the table holds for one address.</summary>
internal sealed class NatHolding
{
    private NatHolding(InetAddress source) => Source = source;

    public InetAddress Source { get; }

    public NfElement? Container { get; private init; }

    public IReadOnlyList<NatElement> Translations { get; private init; } = [];

    public NfElement? Hidden { get; private init; }

    public IReadOnlyList<NfElement> Exclusions { get; private init; } = [];

    public IReadOnlyList<NfElement> Metadata { get; private init; } = [];

    public bool IsEmpty => !Elements.Any();

    /// <summary>How many elements it is.</summary>
    public int Count => Elements.Count();

    /// <summary>How many of these are exclusions and metadata pairs, of which there may be any number.</summary>
    public int PairCount => Exclusions.Count + Metadata.Count;

    /// <summary>The owner's tag, or its digest; null where neither is told.</summary>
    public string? Owner => Container is null
        ? Elements.Select(each => each.Element.UserData)
            .Where(data => NatUserData.SourceOf(data) is var told && (told.IsNone || told == Source))
            .Select(NatUserData.OwnerOf).FirstOrDefault(owner => owner is not null)
        : NatUserData.OwnerOf(Container.UserData) ?? Convert.ToHexStringLower(Container.Value.ToArray());

    private NfElement Claim => Container ?? new NfElement { Key = Source, Value = EgressTable.DigestOf(Owner ?? "") };

    private IEnumerable<NatElement> Elements =>
    [
        .. Container is null ? [] : (NatElement[])[new(EgressTable.Containers(Source.Family), Container)],
        .. Hidden is null ? [] : (NatElement[])[new(EgressTable.Hidden(Source.Family), Hidden)],
        .. Translations,
        .. Pairs,
    ];

    private IEnumerable<NatElement> Pairs =>
    [
        .. Exclusions.Select(element => new NatElement(EgressTable.Exclusions(Source.Family), element)),
        .. Metadata.Select(element => new NatElement(EgressTable.KeptFrom(Source.Family), element)),
    ];

    /// <summary>Finds the elements of one address.</summary>
    /// <param name="tables">The packet filter.</param>
    /// <param name="source">The address.</param>
    /// <param name="pairs">Exclusions and metadata of all addresses.</param>
    /// <param name="thoroughly">Whether exclusions and metadata are looked for, among those of all addresses, although
    /// nothing says that there are any.</param>
    /// <param name="group">The own group of the attachment's host end, by which metadata pairs are known that tell nothing of
    /// whose they are; 0 for none.</param>
    public static NatHolding Find(
        NfTablesOperations tables, InetAddress source, NatPairs pairs, bool thoroughly = false, uint group = 0)
    {
        NfElement? container = tables.FindElement(EgressTable.Containers(source.Family), source);
        List<NatElement> translations = [];
        foreach (NfSet set in EgressTable.Translations(source.Family))
        {
            if (tables.FindElement(set, source) is { } element)
            {
                translations.Add(new NatElement(set, element));
            }
        }

        NatTraits? traits = NatUserData.TraitsOf(container?.UserData);
        bool maybe = thoroughly || (traits is null && (container is not null || translations.Count > 0));
        NatHolding held = new(source)
        {
            Container = container,
            Hidden = tables.FindElement(EgressTable.Hidden(source.Family), source),
            Translations = translations,
            Exclusions = maybe || traits?.HasFlag(NatTraits.Exclusions) == true ? pairs.ExclusionsOf(source) : [],
        };
        return maybe || group != 0 || traits?.HasFlag(NatTraits.Metadata) == true ? held.With(pairs, group, thoroughly) : held;
    }

    public static IEnumerable<NatHolding> List(NfTablesOperations tables, AddressFamily family)
    {
        ILookup<InetAddress, NatElement> translations = EgressTable.Translations(family)
            .SelectMany(set => NatPairs.All(tables, set).Select(element => new NatElement(set, element)))
            .ToLookup(held => held.Element.Key.Address);
        NatPairs pairs = new(tables);
        Dictionary<InetAddress, NfElement> containers = NatPairs.All(tables, EgressTable.Containers(family))
            .ToDictionary(element => element.Key.Address);
        Dictionary<InetAddress, NfElement> hidden = NatPairs.All(tables, EgressTable.Hidden(family))
            .ToDictionary(element => element.Key.Address);
        return containers.Keys.Union(hidden.Keys)
            .Union(translations.Select(group => group.Key)).Union(pairs.Excluding(family))
            .Select(source => new NatHolding(source)
            {
                Container = containers.GetValueOrDefault(source),
                Hidden = hidden.GetValueOrDefault(source),
                Translations = [.. translations[source]],
                Exclusions = pairs.ExclusionsOf(source),
            }.With(pairs));
    }

    public NatEntry ToEntry() => new()
    {
        Source = Source,
        Owner = Owner ?? "",
        Nat = Translations is [(NfSet set, NfElement element), ..] ? EgressTable.TranslationOf(set, element) : null,
        Excluded = [.. Exclusions.Select(DestinationOf).Order()],
        Metadata = [.. Metadata.Select(PairOf)],
        IsTorn = Container is null || Translations.Count > 1 || (Hidden is null != (Translations.Count == 0)),
        IsOfAttachment = NatUserData.TraitsOf(Container?.UserData)?.HasFlag(NatTraits.Attachment) == true,
    };

    /// <summary>Whether the table holds exactly this entry for the address.</summary>
    public bool Is(NatEntry entry) => ToEntry() == entry;

    /// <summary>Whether it belongs to an owner. Elements without an owner belong to whoever has the address.</summary>
    public bool IsOf(string owner) => Owner is null || NatEntry.DigestOf(Owner) == NatEntry.DigestOf(owner);

    public static void Restore(NfTransaction transaction, IEnumerable<NatHolding> holdings) =>
        holdings.SelectMany(each => each.Elements).InItems((set, elements) => transaction.Add(set, elements));

    /// <summary>Deletes all of some, provided that their owners are still the same; else the transaction fails (EEXIST).
    /// </summary>
    /// <remarks>To add what is there as it is there does nothing, and to add it as something else is refused. So what
    /// was read is compared within the transaction itself, whatever others changed meanwhile. To add and delete what
    /// went by itself does nothing either.</remarks>
    public static void Erase(NfTransaction transaction, IEnumerable<NatHolding> holdings) =>
        Erase(transaction, holdings.SelectMany(each => each.Elements
            .Where(held => held.Element != each.Container)
            .Prepend(new NatElement(EgressTable.Containers(each.Source.Family), each.Claim))));

    /// <summary>Deletes some of its exclusions and metadata pairs, provided that its owner is still the same. The address
    /// stays its owner's.</summary>
    /// <param name="most">How many.</param>
    public void EraseSome(NfTransaction transaction, int most)
    {
        NfSet containers = EgressTable.Containers(Source.Family);
        transaction.Add(containers, Bare(Claim), NfAdd.Ensure);
        Erase(transaction, Pairs.Take(most));
        if (Container is null)
        {
            transaction.Delete(containers, Claim);
        }
    }

    private static void Erase(NfTransaction transaction, IEnumerable<NatElement> elements)
    {
        // What tells its owner alone is found with each of the owner's addresses.
        NatElement[] all = [.. elements.DistinctBy(each => (each.Set.Name, each.Element.Key, each.Element.KeyEnd))];
        all.Select(each => each with { Element = Bare(each.Element) })
            .InItems((set, some) => transaction.Add(set, some, NfAdd.Ensure));
        all.InItems(transaction.Delete);
    }

    // The kernel compares no user data.
    private static NfElement Bare(NfElement element) => element with { UserData = null };

    private NatHolding With(NatPairs pairs, uint group = 0, bool hasInterface = false) =>
        pairs.MetadataOf(Source, Owner, group, hasInterface) is not { Count: > 0 } metadata ? this :
        new NatHolding(Source)
        {
            Container = Container,
            Hidden = Hidden,
            Translations = Translations,
            Exclusions = Exclusions,
            Metadata = metadata,
        };

    private static MetadataPair PairOf(NfElement pair)
    {
        byte[] key = pair.Key.ToArray();
        return new MetadataPair(BitConverter.ToUInt32(key), InetAddress.FromBytes(key.AsSpan(sizeof(uint))));
    }

    private static InetPrefix DestinationOf(NfElement pair)
    {
        byte[] first = pair.Key.ToArray();
        byte[] last = pair.KeyEnd.IsNone ? first : pair.KeyEnd.ToArray();
        int length = 0;
        for (int bit = first.Length * 4; bit < first.Length * 8; bit++, length++)
        {
            if (((first[bit / 8] ^ last[bit / 8]) & (0x80 >> bit % 8)) != 0)
            {
                break;
            }
        }

        return new InetPrefix(InetAddress.FromBytes(first.AsSpan(first.Length / 2)), (byte)length);
    }
}
