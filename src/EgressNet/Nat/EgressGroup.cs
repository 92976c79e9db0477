using EgressNet.Netlink.Netfilter;

namespace EgressNet.Nat;

/// <summary>The groups of the host's interfaces of attachments. An isolation holds for an interface, not for an address
/// that its container could forge, so it is the interface's group that tells it to the rules.</summary>
public static class EgressGroup
{
    /// <summary>The group of attachments that may reach everything; those of isolated ones follow.</summary>
    public const uint First = 16925400;

    private const uint All = (uint)(EgressIsolation.Containers | EgressIsolation.Metadata);

    // Which isolation a group is does not depend on these bits, so that it holds while many are removed together.
    private const uint Batches = 0x7E00_0000;
    private const uint FirstBatch = 0x0200_0000;

    /// <summary>The group of an attachment's interface.</summary>
    /// <param name="isolation">What it may not reach.</param>
    /// <returns>The number.</returns>
    public static uint Of(EgressIsolation isolation) => First | (uint)isolation;

    /// <summary>A group of the same isolation that nobody uses, in which attachments are removed together.</summary>
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

    /// <summary>What the members of a group may not reach.</summary>
    /// <param name="group">The number.</param>
    /// <returns>Null for a group that is none of these.</returns>
    public static EgressIsolation? IsolationOf(uint group) =>
        (group & ~All & ~Batches) == First ? (EgressIsolation)(group & All) : null;

    internal static IEnumerable<NfExpression> From(EgressIsolation isolation) =>
        Group(NfMetaKey.InputInterfaceGroup, isolation);

    internal static IEnumerable<NfExpression> To(EgressIsolation isolation) =>
        Group(NfMetaKey.OutputInterfaceGroup, isolation);

    internal static IEnumerable<NfExpression> FromAny() => Group(NfMetaKey.InputInterfaceGroup, EgressIsolation.None);

    internal static IEnumerable<NfExpression> ToAny() => Group(NfMetaKey.OutputInterfaceGroup, EgressIsolation.None);

    private static IEnumerable<NfExpression> Group(NfMetaKey key, EgressIsolation isolation) =>
    [
        new NfMeta(key),
        new NfBitwise(NfValue.FromHostNumber((~All & ~Batches) | (uint)isolation), NfValue.FromHostNumber(0)),
        new NfCompare(NfComparison.Equal, NfValue.FromHostNumber(First | (uint)isolation)),
    ];
}
