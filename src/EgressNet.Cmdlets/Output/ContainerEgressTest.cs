using EgressNet.Attachments;

namespace EgressNet;

/// <summary>The result of Test-ContainerEgress.</summary>
public sealed class ContainerEgressTest : Comparable<ContainerEgressTest>
{
    internal ContainerEgressTest(ContainerEgress egress, IReadOnlyList<EgressFinding> findings)
    {
        ContainerEgress = egress;
        Findings = new(findings.Select(finding => new EgressDifference(finding)));
    }

    /// <summary>The egress that was tested, in its desired state.</summary>
    public ContainerEgress ContainerEgress { get; }

    /// <summary>Whether there is no difference.</summary>
    public bool InDesiredState => Findings.Count == 0;

    /// <summary>The differences.</summary>
    public TextList<EgressDifference> Findings { get; }

    internal static FormatException CopyRefused => new(
        "a check tells what was found then, and a copy of it has no declaration. Pipe Test-ContainerEgress, or give "
            + "ContainerId.");

    private protected override IEnumerable<object?> Compared => Findings;

    /// <summary>The egress and the number of differences.</summary>
    /// <returns>Such as <c>egress/3f2a/eg0: in desired state</c>.</returns>
    public override string ToString() => InDesiredState
        ? $"{ContainerEgress}: in desired state"
        : $"{ContainerEgress}: {string.Join("; ", Findings)}";

    internal static bool IsCopy(PropertyBag copy) =>
        copy.Has(nameof(ContainerEgress), nameof(InDesiredState), nameof(Findings));

    private protected override int CompareKey(ContainerEgressTest other) =>
        ContainerEgress.CompareTo(other.ContainerEgress);
}
