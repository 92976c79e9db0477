using EgressNet.Attachments;

namespace EgressNet;

/// <summary>One difference between a container's egress and how it is meant to be.</summary>
public sealed class EgressDifference : Comparable<EgressDifference>
{
    private readonly EgressFinding _finding;

    internal EgressDifference(EgressFinding finding) => _finding = finding;

    /// <summary>What differs.</summary>
    public string Kind => _finding.Kind.ToString();

    /// <summary>Of what, such as an address or an interface.</summary>
    public string Subject => _finding.Subject;

    /// <summary>What should be.</summary>
    public string Expected => _finding.Expected;

    /// <summary>What is; null for nothing.</summary>
    public string? Actual => _finding.Actual;

    private protected override IEnumerable<object?> State => [];

    /// <summary>The difference in words.</summary>
    /// <returns>Such as <c>HostMtu of veth1: 1400, not 9001</c>.</returns>
    public override string ToString() => _finding.ToString();

    private protected override int CompareKey(EgressDifference other) => string.CompareOrdinal($"{this}", $"{other}");
}
