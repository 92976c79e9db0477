using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;

namespace EgressNet.Nat;

/// <summary>The nf_tables table that serves all attachments of a node. Its chains and rules are always the same; an
/// attachment is elements of its sets and maps.</summary>
internal static class EgressTable
{
    // Before a destination is translated, so that the address meant is seen (mangle to nft).
    private const int BeforeDestinationNat = -150;

    public static readonly NfTable Table = new() { Name = "egressnet" };

    private static readonly NfChain s_postRouting = new()
    {
        Table = Table.Name,
        Name = "postrouting",
        Type = "nat",
        Hook = NfHook.PostRouting,
        Priority = NfChain.SourceNatPriority,
    };

    private static readonly NfChain s_preRouting = new()
    {
        Table = Table.Name,
        Name = "prerouting",
        Type = "filter",
        Hook = NfHook.PreRouting,
        Priority = BeforeDestinationNat,
    };

    private static readonly NfChain s_forward = new()
    {
        Table = Table.Name,
        Name = "forward",
        Type = "filter",
        Hook = NfHook.Forward,
    };

    private static readonly AddressFamily[] s_families = [AddressFamily.IPv4, AddressFamily.IPv6];

    public static IReadOnlyList<NfChain> Chains { get; } = [s_postRouting, s_preRouting, s_forward];

    public static IReadOnlyList<NfSet> Sets { get; } =
    [
        .. s_families.SelectMany(family =>
            (IEnumerable<NfSet>)[Containers(family), Exclusions(family), .. Translations(family)]),
    ];

    public static IReadOnlyList<NfRule> Rules { get; } =
    [
        .. s_families.SelectMany(PostRoutingRules),
        Rule(s_preRouting, [.. EgressGroup.From(EgressIsolation.Metadata), .. ToMetadata(), Drop]),
        Rule(s_forward, [.. EgressGroup.From(EgressIsolation.Containers), .. EgressGroup.ToAny(), Drop]),
        Rule(s_forward, [.. EgressGroup.FromAny(), .. EgressGroup.To(EgressIsolation.Containers), Drop]),
    ];

    private static NfDecide Drop => new(NfVerdict.Drop);

    /// <summary>Every address of a container, with its owner and declaration.</summary>
    public static NfSet Containers(AddressFamily family) =>
        NfSet.OfAddresses(Table, $"container{Suffix(family)}", family);

    /// <summary>Pairs of a container's address and a destination to which it is not translated.</summary>
    public static NfSet Exclusions(AddressFamily family) =>
        NfSet.AddressPairs(Table, $"exclude{Suffix(family)}", family, NfSetFlags.Interval);

    /// <summary>The map or set that an address with such a translation is in.</summary>
    public static NfSet Translated(AddressFamily family, SourceNat nat)
    {
        string ports = nat.Ports switch
        {
            PortRandomization.Random => "-random",
            PortRandomization.FullyRandom => "-fully-random",
            _ => "",
        };
        return nat.IsMasquerade
            ? NfSet.OfAddresses(Table, $"masquerade{Suffix(family)}{ports}", family)
            : NfSet.AddressMap(Table, $"snat{Suffix(family)}{ports}", family);
    }

    /// <summary>All maps and sets of translated addresses.</summary>
    public static IEnumerable<NfSet> Translations(AddressFamily family) =>
        Kinds(family).Select(nat => Translated(family, nat));

    /// <summary>The translation that an element of <see cref="Translated"/> stands for.</summary>
    public static SourceNat TranslationOf(NfSet set, NfElement element)
    {
        PortRandomization ports = set.Name switch
        {
            _ when set.Name.EndsWith("-fully-random", StringComparison.Ordinal) => PortRandomization.FullyRandom,
            _ when set.Name.EndsWith("-random", StringComparison.Ordinal) => PortRandomization.Random,
            _ => PortRandomization.None,
        };
        return new SourceNat(set.IsMap ? element.Value.Address : default, ports);
    }

    private static IEnumerable<SourceNat> Kinds(AddressFamily family) =>
        Enum.GetValues<PortRandomization>().SelectMany(ports =>
            (IEnumerable<SourceNat>)[new(InetAddress.Unspecified(family), ports), new(default, ports)]);

    private static IEnumerable<NfRule> PostRoutingRules(AddressFamily family)
    {
        InetPrefix multicast = InetPrefix.Parse(family == AddressFamily.IPv4 ? "224.0.0.0/4" : "ff00::/8");
        NfDecide leave = new(NfVerdict.Return);
        yield return Rule(s_postRouting, [.. NfMatch.Family(family), .. NfMatch.Destination(multicast), leave]);
        yield return Rule(
            s_postRouting, [.. NfMatch.Family(family), .. NfMatch.SourceAndDestination(Exclusions(family).Name, family), leave]);
        foreach (SourceNat nat in Kinds(family))
        {
            yield return Rule(s_postRouting, [.. NfMatch.Family(family), .. Translate(family, nat)]);
        }
    }

    private static IEnumerable<NfExpression> Translate(AddressFamily family, SourceNat nat)
    {
        string set = Translated(family, nat).Name;
        NfNatFlags flags = nat.Ports switch
        {
            PortRandomization.Random => NfNatFlags.Random,
            PortRandomization.FullyRandom => NfNatFlags.FullyRandom,
            _ => NfNatFlags.None,
        };
        yield return NfMatch.SourceAddress(family);
        yield return new NfLookup(set, nat.IsMasquerade ? null : NfRegister.R1);
        yield return nat.IsMasquerade
            ? new NfMasquerade(flags)
            : new NfNat(family == AddressFamily.IPv4 ? NfFamily.IPv4 : NfFamily.IPv6, flags);
    }

    private static IEnumerable<NfExpression> ToMetadata() =>
        [.. NfMatch.Family(AddressFamily.IPv4), .. NfMatch.Destination(InetPrefix.Parse("169.254.169.254/32"))];

    private static NfRule Rule(NfChain chain, NfExpression[] expressions) =>
        new() { Table = chain.Table, Chain = chain.Name, Expressions = expressions };

    private static char Suffix(AddressFamily family) => family == AddressFamily.IPv4 ? '4' : '6';
}
