using EgressNet.Netlink.Inet;

namespace EgressNet.Netlink.Netfilter;

/// <summary>Matches of rules, as the expressions that nft makes for them.</summary>
internal static class NfMatch
{
    /// <summary>Packets of one family: in a table of both, needed before a look into their headers.</summary>
    public static IEnumerable<NfExpression> Family(AddressFamily family) =>
        [new NfMeta(NfMetaKey.Family), new NfCompare(NfComparison.Equal, NfValue.FromBytes([(byte)family]))];

    /// <summary>Packets from a prefix; the family is to be matched before.</summary>
    public static IEnumerable<NfExpression> Source(InetPrefix prefix) =>
        In(prefix, SourceOffset(prefix.Family));

    /// <summary>Packets to a prefix; the family is to be matched before.</summary>
    public static IEnumerable<NfExpression> Destination(InetPrefix prefix) =>
        In(prefix, DestinationOffset(prefix.Family));

    /// <summary>Loads the source address; the family is to be matched before.</summary>
    public static NfPayload SourceAddress(AddressFamily family) => Load(SourceOffset(family), LengthOf(family));

    /// <summary>Loads the destination address; the family is to be matched before.</summary>
    public static NfPayload DestinationAddress(AddressFamily family) =>
        Load(DestinationOffset(family), LengthOf(family));

    /// <summary>Matches source and destination as a pair in a set; the family must be matched before.</summary>
    public static IEnumerable<NfExpression> SourceAndDestination(string set, AddressFamily family) =>
    [
        SourceAddress(family),
        DestinationAddress(family) with
        {
            To = family == AddressFamily.IPv6 ? NfRegister.R2 : NfRegister.R1Quarter2,
        },
        new NfLookup(set),
    ];

    /// <summary>Matches input interface group and destination as a pair in a set; the family must be matched before.</summary>
    public static IEnumerable<NfExpression> InputGroupAndDestination(string set, AddressFamily family) =>
    [
        new NfMeta(NfMetaKey.InputInterfaceGroup),
        DestinationAddress(family) with { To = NfRegister.R1Quarter2 },
        new NfLookup(set),
    ];

    /// <summary>Matches packets whose source has no route back by their input interface.</summary>
    public static IEnumerable<NfExpression> ForgedSource() =>
    [
        new NfFib(NfFibResult.Interface, NfFibKeys.Source | NfFibKeys.InputInterface | NfFibKeys.Present),
        new NfCompare(NfComparison.Equal, NfValue.FromHostNumber(0)),
    ];

    /// <summary>Packets of tracked connections with something that became of them.</summary>
    public static IEnumerable<NfExpression> Connection(ConntrackStatus status, bool isNot = false) =>
    [
        new NfConntrack(NfConntrackKey.Status),
        new NfBitwise(NfValue.FromHostNumber((uint)status), NfValue.FromHostNumber(0)),
        new NfCompare(isNot ? NfComparison.Equal : NfComparison.NotEqual, NfValue.FromHostNumber(0)),
    ];

    private static List<NfExpression> In(InetPrefix prefix, uint offset)
    {
        Span<byte> address = stackalloc byte[16];
        int all = prefix.Network.Address.WriteBytes(address);
        int length = Math.Max(1, (prefix.Length + 7) / 8);
        if (prefix.Length % 8 == 0 && prefix.Length > 0)
        {
            // Whole bytes are compared as they are, however few.
            return
            [
                Load(offset, (uint)length),
                new NfCompare(NfComparison.Equal, NfValue.FromBytes(address[..length])),
            ];
        }

        Span<byte> mask = stackalloc byte[16];
        mask[..(prefix.Length / 8)].Fill(0xff);
        mask[prefix.Length / 8] = (byte)(0xff00 >> prefix.Length % 8);
        return
        [
            Load(offset, (uint)all),
            new NfBitwise(NfValue.FromBytes(mask[..all]), NfValue.FromBytes(new byte[all])),
            new NfCompare(NfComparison.Equal, NfValue.FromBytes(address[..all])),
        ];
    }

    private static NfPayload Load(uint offset, uint length) => new(NfPayloadBase.Network, offset, length);

    private static uint LengthOf(AddressFamily family) => family == AddressFamily.IPv6 ? 16u : 4u;

    private static uint SourceOffset(AddressFamily family) => family == AddressFamily.IPv6 ? 8u : 12u;

    private static uint DestinationOffset(AddressFamily family) => family == AddressFamily.IPv6 ? 24u : 16u;
}
