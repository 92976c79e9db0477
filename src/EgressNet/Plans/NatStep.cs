using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using Kind = EgressNet.Attachments.EgressFindingKind;

namespace EgressNet.Plans;

/// <summary>The attachment's entries in the node's nf_tables table.</summary>
/// <param name="Entries">An entry for each address.</param>
internal sealed record NatStep(IReadOnlyList<NatEntry> Entries) : EgressStep(EgressSide.Host)
{
    /// <inheritdoc/>
    public override string Text => AddNat.TextOf(Entries);

    internal override void Apply(StepContext context) => context.Changes.Do(new AddNat(
        () => context.Kernel.Netfilter, context.Changes.Report, context.Kernel.Warn, Placed(context), context.Ownership.IsLive));

    internal override IEnumerable<EgressFinding> Compare(StepContext context)
    {
        NatReading nat = context.Kernel.Nat.Current;
        NatTableReport table = nat.Table;
        NatTableState state = table.State;
        if (state != NatTableState.Intact)
        {
            yield return new EgressFinding(
                Kind.NatTable,
                "egressnet",
                $"{NatTableState.Intact}",
                state == NatTableState.Absent ? null : string.Join("; ", table.Faults.DefaultIfEmpty($"{state}")));
        }

        if (state == NatTableState.Foreign)
        {
            yield break;
        }

        IReadOnlyList<NatEntry> entries = Placed(context);
        MetadataPair[] pairs = [.. entries.SelectMany(entry => entry.Metadata)];
        foreach (NatEntry wanted in entries)
        {
            NatEntry? present = state == NatTableState.Absent ? null : nat.Find(wanted.Source);
            if (present?.OwnerDigest != wanted.OwnerDigest || present.Nat != wanted.Nat || present.IsTorn)
            {
                yield return Of(wanted, Kind.Nat, $"{wanted}", present?.ToString());
            }

            // Where nft restored the table, a pair is found with each address of its owner.
            if (present is not null
                && (wanted.Metadata.Except(present.Metadata).Any() || present.Metadata.Except(pairs).Any()))
            {
                yield return Of(wanted, Kind.Metadata, TextOf(wanted.Metadata), TextOf(present.Metadata));
            }

            if (present is not null && !present.Excluded.Order().SequenceEqual(wanted.Excluded.Order()))
            {
                yield return Of(wanted, Kind.NatExclusion, TextOf(wanted.Excluded), TextOf(present.Excluded));
            }
        }
    }

    internal override void Repair(StepContext context, IReadOnlyList<EgressFinding> findings)
    {
        NatEntry[] differing = [.. Entries.Where(entry => findings.Any(finding => finding.Source == entry.Source))];
        (this with { Entries = differing }).Apply(context);
        new NatTable(context.Kernel.Netfilter, context.Changes.Report)
            .ForgetUnanswered([.. differing.Where(entry => entry.Nat is not null).Select(entry => entry.Source)]);
    }

    private static EgressFinding Of(NatEntry entry, Kind kind, string expected, string? actual) =>
        new(kind, $"{entry.Source}", expected, actual) { Source = entry.Source };

    private IReadOnlyList<NatEntry> Placed(StepContext context) => context.HostEnd is not { } end ? Entries :
    [
        .. Entries.Select(entry => entry with
        {
            Metadata = [.. entry.Metadata.Select(pair => pair with { Group = EgressGroup.Placed(pair.Group, end.Index) })],
        }),
    ];

    private static string TextOf(IReadOnlyList<InetPrefix> prefixes) =>
        prefixes.Count == 0 ? "none" : string.Join(", ", prefixes.Order());

    private static string TextOf(IReadOnlyList<MetadataPair> pairs) =>
        pairs.Count == 0 ? "none" : string.Join(", ", pairs.Select(pair => $"{pair.Address} for group {pair.Group}"));
}
