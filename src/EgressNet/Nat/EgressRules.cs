using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;

namespace EgressNet.Nat;

/// <summary>The rules of the table. They are constant, except for those of exclusions.</summary>
internal static class EgressRules
{
    private static readonly NfDecide s_drop = new(NfVerdict.Drop), s_return = new(NfVerdict.Return);

    /// <summary>The rules in order.</summary>
    /// <param name="hasExclusions">Whether somebody excludes something.</param>
    public static IEnumerable<NfRule> All(bool hasExclusions) =>
    [
        .. In(EgressTable.PostRouting, [StaysOnTheNode, .. EachFamily(family => Translate(family, hasExclusions))]),
        .. In(EgressTable.Leaving, [.. NotOurs, .. EachFamily(family => DropUntranslated(family, hasExclusions))]),
        .. In(EgressTable.PreRouting, [.. EachFamily(KeepFromMetadata), .. DropForged]),
        .. In(
            EgressTable.Forward,
            [
                [.. EgressGroup.From(EgressIsolation.Containers), .. EgressGroup.ToAny(), s_drop],
                [.. EgressGroup.FromAny(), .. EgressGroup.To(EgressIsolation.Containers), s_drop],
            ]),
    ];

    // A connection that another table sends back to a container needs a source that is not itself.
    private static NfExpression[] StaysOnTheNode =>
        [.. EgressGroup.ToAny(), .. NfMatch.Connection(ConntrackStatus.DestinationNat, isNot: true), s_return];

    private static IEnumerable<NfExpression[]> NotOurs =>
    [
        // The node's own packets came in by no interface.
        [new NfMeta(NfMetaKey.InputInterface), new NfCompare(NfComparison.Equal, NfValue.FromHostNumber(0)), s_return],
        [.. EgressGroup.ToAny(), s_return],
        [.. NfMatch.Connection(ConntrackStatus.SourceNat), s_return],
    ];

    private static IEnumerable<NfExpression[]> DropForged =>
    [
        .. ((string[])["::/128", "fe80::/10"]).Select(prefix => (NfExpression[])
        [
            .. EgressGroup.From(EgressIsolation.Containers), .. NfMatch.Family(AddressFamily.IPv6),
            .. NfMatch.Source(InetPrefix.Parse(prefix)), s_return,
        ]),
        [.. EgressGroup.From(EgressIsolation.Containers), .. NfMatch.ForgedSource(), s_drop],
    ];

    private static IEnumerable<NfExpression[]> Translate(AddressFamily family, bool hasExclusions) =>
        [.. Untouched(family, hasExclusions), .. EgressTable.Kinds(family).Select(nat => Translate(family, nat))];

    private static NfExpression[] Translate(AddressFamily family, SourceNat nat)
    {
        NfNatFlags flags = nat.Ports switch
        {
            PortRandomization.Random => NfNatFlags.Random,
            PortRandomization.FullyRandom => NfNatFlags.FullyRandom,
            _ => NfNatFlags.None,
        };
        return
        [
            .. FromOneIn(EgressTable.Translated(family, nat), family),
            nat.IsMasquerade
                ? new NfMasquerade(flags)
                : new NfNat(family == AddressFamily.IPv4 ? NfFamily.IPv4 : NfFamily.IPv6, flags),
        ];
    }

    // The kernel translates connections. A packet of none, or of one older than the translation, would go as it is.
    private static IEnumerable<NfExpression[]> DropUntranslated(AddressFamily family, bool hasExclusions) =>
    [
        .. Untouched(family, hasExclusions),
        [.. FromOneIn(EgressTable.Hidden(family), family), s_drop],
    ];

    private static IEnumerable<NfExpression[]> Untouched(AddressFamily family, bool hasExclusions)
    {
        InetPrefix multicast = InetPrefix.Parse(family == AddressFamily.IPv4 ? "224.0.0.0/4" : "ff00::/8");
        yield return [.. NfMatch.Family(family), .. NfMatch.Destination(multicast), s_return];
        if (hasExclusions)
        {
            yield return
            [
                .. NfMatch.Family(family),
                .. NfMatch.SourceAndDestination(EgressTable.Exclusions(family).Name, family),
                s_return,
            ];
        }
    }

    private static IEnumerable<NfExpression[]> KeepFromMetadata(AddressFamily family)
    {
        NfExpression[] packets = [.. EgressGroup.From(EgressIsolation.Metadata), .. NfMatch.Family(family)];
        foreach (InetAddress address in MetadataAddress.All)
        {
            if (address.Family == family)
            {
                yield return [.. packets, .. NfMatch.Destination(InetPrefix.Host(address)), s_drop];
            }
        }

        yield return [.. packets, .. NfMatch.InputGroupAndDestination(EgressTable.KeptFrom(family).Name, family), s_drop];
    }

    private static IEnumerable<NfExpression> FromOneIn(NfSet set, AddressFamily family) =>
    [
        .. NfMatch.Family(family), NfMatch.SourceAddress(family),
        new NfLookup(set.Name, set.IsMap ? NfRegister.R1 : null),
    ];

    private static IEnumerable<NfExpression[]> EachFamily(Func<AddressFamily, IEnumerable<NfExpression[]>> rules) =>
        [.. rules(AddressFamily.IPv4), .. rules(AddressFamily.IPv6)];

    private static IEnumerable<NfRule> In(NfChain chain, IEnumerable<NfExpression[]> rules) => rules.Select(
        expressions => new NfRule { Table = chain.Table, Chain = chain.Name, Expressions = expressions });
}
