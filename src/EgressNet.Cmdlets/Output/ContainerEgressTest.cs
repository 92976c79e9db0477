using EgressNet.Attachments;

namespace EgressNet;

/// <summary>What a check of a container's egress found.</summary>
public sealed class ContainerEgressTest
{
    internal ContainerEgressTest(ContainerEgress egress, IReadOnlyList<EgressFinding> findings)
    {
        ContainerEgress = egress;
        Findings = [.. findings.Select(finding => new EgressDifference(finding))];
    }

    /// <summary>What was checked, as it is meant to be.</summary>
    public ContainerEgress ContainerEgress { get; }

    /// <summary>Whether nothing differs.</summary>
    public bool InDesiredState => Findings.Length == 0;

    /// <summary>Each difference by itself.</summary>
    public EgressDifference[] Findings { get; }

    /// <summary>What was checked, and how many differences there are.</summary>
    /// <returns>Such as <c>egress/3f2a/eg0: in desired state</c>.</returns>
    public override string ToString() => InDesiredState
        ? $"{ContainerEgress}: in desired state"
        : $"{ContainerEgress}: {string.Join("; ", Findings.AsEnumerable())}";
}
