using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;

namespace EgressNet.Nat;

/// <summary>The elements that the table has for one address.</summary>
internal sealed class NatHolding
{
    private NatHolding(InetAddress source) => Source = source;

    public InetAddress Source { get; }

    public NfElement? Container { get; private init; }

    public IReadOnlyList<(NfSet Set, NfElement Element)> Translations { get; private init; } = [];

    public IReadOnlyList<NfElement> Exclusions { get; private init; } = [];

    public bool IsEmpty => Container is null && Translations.Count == 0 && Exclusions.Count == 0;

    public string? Owner => NatUserData.OwnerOf(
        Container?.UserData ?? Translations.Select(held => held.Element).Concat(Exclusions).FirstOrDefault()?.UserData);

    /// <summary>Finds what there is of one address.</summary>
    /// <param name="tables">The packet filter.</param>
    /// <param name="source">The address.</param>
    /// <param name="thoroughly">Whether exclusions are looked for, among those of all addresses, although nothing says
    /// that there are any.</param>
    public static NatHolding Find(NfTablesOperations tables, InetAddress source, bool thoroughly = false)
    {
        NfElement? container = tables.FindElement(EgressTable.Containers(source.Family), source);
        List<(NfSet, NfElement)> translations = [];
        foreach (NfSet set in EgressTable.Translations(source.Family))
        {
            if (tables.FindElement(set, source) is { } element)
            {
                translations.Add((set, element));
            }
        }

        bool hasExclusions = thoroughly || (NatUserData.DeclarationOf(container?.UserData)?.HasExclusions
            ?? (container is not null || translations.Count > 0));
        return new NatHolding(source)
        {
            Container = container,
            Translations = translations,
            Exclusions = hasExclusions ? FindExclusions(tables, source) : [],
        };
    }

    public static IEnumerable<NatHolding> List(NfTablesOperations tables, AddressFamily family)
    {
        ILookup<InetAddress, (NfSet, NfElement Element)> translations = EgressTable.Translations(family)
            .SelectMany(set => Elements(tables, set).Select(element => (set, element)))
            .ToLookup(held => held.element.Key.Address);
        ILookup<InetAddress, NfElement> exclusions =
            Elements(tables, EgressTable.Exclusions(family)).ToLookup(SourceOf);
        Dictionary<InetAddress, NfElement> containers =
            Elements(tables, EgressTable.Containers(family)).ToDictionary(element => element.Key.Address);
        foreach (InetAddress source in containers.Keys
            .Union(translations.Select(group => group.Key)).Union(exclusions.Select(group => group.Key)))
        {
            yield return new NatHolding(source)
            {
                Container = containers.GetValueOrDefault(source),
                Translations = [.. translations[source]],
                Exclusions = [.. exclusions[source]],
            };
        }
    }

    public NatEntry ToEntry() => new()
    {
        Source = Source,
        Owner = Owner ?? "",
        Nat = Translations is [(NfSet set, NfElement element), ..] ? EgressTable.TranslationOf(set, element) : null,
        Excluded = [.. Exclusions.Select(DestinationOf).Order()],
        Declaration = NatUserData.DeclarationOf(Container?.UserData) is { } declared
            && declared.Gateway.Family == Source.Family
                ? declared
                : null,
    };

    /// <summary>Whether the table has exactly this of the address.</summary>
    public bool Is(NatEntry entry) =>
        Container is not null && Translations.Count == (entry.Nat is null ? 0 : 1) && ToEntry() == entry;

    public void Restore(NfTransaction transaction)
    {
        if (Container is not null)
        {
            transaction.Add(EgressTable.Containers(Source.Family), Container);
        }

        foreach ((NfSet set, NfElement element) in Translations)
        {
            transaction.Add(set, element);
        }

        foreach (NfElement exclusion in Exclusions)
        {
            transaction.Add(EgressTable.Exclusions(Source.Family), exclusion);
        }
    }

    public void Erase(NfTransaction transaction)
    {
        if (Container is not null)
        {
            transaction.Delete(EgressTable.Containers(Source.Family), Container);
        }

        foreach ((NfSet set, NfElement element) in Translations)
        {
            transaction.Delete(set, element);
        }

        foreach (NfElement exclusion in Exclusions)
        {
            transaction.Delete(EgressTable.Exclusions(Source.Family), exclusion);
        }
    }

    private static List<NfElement> FindExclusions(NfTablesOperations tables, InetAddress source) =>
        [.. Elements(tables, EgressTable.Exclusions(source.Family)).Where(element => SourceOf(element) == source)];

    private static IReadOnlyList<NfElement> Elements(NfTablesOperations tables, NfSet set)
    {
        try
        {
            return tables.ListElements(set);
        }
        catch (Netlink.Transport.NetlinkException absent) when (absent.IsAbsent)
        {
            return [];
        }
    }

    private static InetAddress SourceOf(NfElement pair)
    {
        byte[] key = pair.Key.ToArray();
        return InetAddress.FromBytes(key.AsSpan(0, key.Length / 2));
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
