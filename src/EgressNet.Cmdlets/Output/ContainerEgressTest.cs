using EgressNet.Attachments;

namespace EgressNet;

/// <summary>What a check of a container's egress found.</summary>
public sealed class ContainerEgressTest : Comparable<ContainerEgressTest>
{
    internal ContainerEgressTest(ContainerEgress egress, IReadOnlyList<EgressFinding> findings)
    {
        ContainerEgress = egress;
        Findings = new(findings.Select(finding => new EgressDifference(finding)));
    }

    /// <summary>What was checked, as it is meant to be.</summary>
    public ContainerEgress ContainerEgress { get; }

    /// <summary>Whether nothing differs.</summary>
    public bool InDesiredState => Findings.Count == 0;

    /// <summary>Each difference by itself.</summary>
    public TextList<EgressDifference> Findings { get; }

    internal static FormatException CopyRefused => new(
        "a check tells what was found then, and a copy of it has no declaration. Pipe Test-ContainerEgress, or give "
            + "ContainerId.");

    private protected override IEnumerable<object?> State => Findings;

    /// <summary>What was checked, and how many differences there are.</summary>
    /// <returns>Such as <c>egress/3f2a/eg0: in desired state</c>.</returns>
    public override string ToString() => InDesiredState
        ? $"{ContainerEgress}: in desired state"
        : $"{ContainerEgress}: {string.Join("; ", Findings)}";

    internal static bool IsCopy(PropertyBag copy) =>
        copy.Has(nameof(ContainerEgress), nameof(InDesiredState), nameof(Findings));

    private protected override int CompareKey(ContainerEgressTest other) =>
        ContainerEgress.CompareTo(other.ContainerEgress);
}
