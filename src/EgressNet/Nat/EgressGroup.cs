using EgressNet.Netlink.Netfilter;

namespace EgressNet.Nat;

/// <summary>The link groups of the attachments' host interfaces. Rules match isolation by the interface's group, and not by
/// an address, which the container could forge.</summary>
internal static class EgressGroup
{
    /// <summary>The group of attachments without isolation; those of isolated ones follow.</summary>
    public const uint First = 16925400;

    private const uint All = (uint)(EgressIsolation.Containers | EgressIsolation.Metadata);

    // Which isolation a group is the lower half tells alone. So it holds while many are removed together, and an attachment
    // may have a group for itself.
    private const uint LowerHalf = 0xffff;
    private const uint Batches = 0x7E00_0000;
    private const uint FirstBatch = 0x0200_0000;

    /// <summary>The bits, and their value, that all of these groups share.</summary>
    internal const uint Mask = LowerHalf & ~All, Marked = First & LowerHalf;

    /// <summary>The group of an attachment's interface.</summary>
    /// <param name="isolation">What it may not reach.</param>
    /// <returns>The number.</returns>
    public static uint Of(EgressIsolation isolation) => First | (uint)isolation;

    /// <summary>The value from which <see cref="Placed"/> makes an attachment's own group.</summary>
    /// <param name="isolation">What it may not reach.</param>
    /// <returns>The number, its upper half left open.</returns>
    public static uint OfOne(EgressIsolation isolation) => Marked | (uint)isolation;

    /// <summary>Puts an interface's index into a group whose upper half is left open. Nothing else of an interface is its
    /// own and stays when somebody renames it; and unlike the index alone the group is a number to nft whether or not the
    /// interface is there.</summary>
    /// <param name="group">The group; any other stays as it is.</param>
    /// <param name="index">The index, which is drawn from <see cref="ushort"/>.</param>
    /// <returns>The number.</returns>
    public static uint Placed(uint group, int index) => (group & ~All) == Marked ? (uint)index << 16 | group : group;

    /// <summary>Whether a group can be that of a single attachment.</summary>
    /// <param name="group">The number.</param>
    /// <returns>False for those that attachments share, and for any other.</returns>
    public static bool IsOfOne(uint group) => IsolationOf(group) is not null && (group & ~All & ~Batches) != First;

    /// <summary>An unused group of the same isolation, in which attachments are removed together.</summary>
    /// <param name="isolation">What they may not reach.</param>
    /// <param name="used">The groups of all links.</param>
    /// <returns>The number; null where there is none.</returns>
    public static uint? DrawFree(EgressIsolation isolation, IReadOnlySet<uint> used)
    {
        uint[] free =
        [
            .. Enumerable.Range(1, (int)(Batches / FirstBatch)).Select(batch => Of(isolation) | ((uint)batch * FirstBatch))
                .Where(group => !used.Contains(group)),
        ];
        return free.Length == 0 ? null : Random.Shared.GetItems(free, 1)[0];
    }

    /// <summary>The isolation of a group's members.</summary>
    /// <param name="group">The number.</param>
    /// <returns>Null for a group that is none of these.</returns>
    public static EgressIsolation? IsolationOf(uint group) =>
        (group & Mask) == Marked ? (EgressIsolation)(group & All) : null;

    internal static IEnumerable<NfExpression> From(EgressIsolation isolation) =>
        Group(NfMetaKey.InputInterfaceGroup, isolation);

    internal static IEnumerable<NfExpression> To(EgressIsolation isolation) =>
        Group(NfMetaKey.OutputInterfaceGroup, isolation);

    internal static IEnumerable<NfExpression> FromAny() => Group(NfMetaKey.InputInterfaceGroup, EgressIsolation.None);

    internal static IEnumerable<NfExpression> ToAny() => Group(NfMetaKey.OutputInterfaceGroup, EgressIsolation.None);

    private static IEnumerable<NfExpression> Group(NfMetaKey key, EgressIsolation isolation) =>
    [
        new NfMeta(key),
        new NfBitwise(NfValue.FromHostNumber(Mask | (uint)isolation), NfValue.FromHostNumber(0)),
        new NfCompare(NfComparison.Equal, NfValue.FromHostNumber(Marked | (uint)isolation)),
    ];
}
