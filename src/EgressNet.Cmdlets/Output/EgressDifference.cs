using EgressNet.Attachments;

namespace EgressNet;

/// <summary>One difference between a container's egress and its desired state.</summary>
public sealed class EgressDifference : Comparable<EgressDifference>
{
    private readonly EgressFinding _finding;

    internal EgressDifference(EgressFinding finding) => _finding = finding;

    /// <summary>The kind of difference.</summary>
    public string Kind => _finding.Kind.ToString();

    /// <summary>The object that differs, such as an address or an interface.</summary>
    public string Subject => _finding.Subject;

    /// <summary>The desired value.</summary>
    public string Expected => _finding.Expected;

    /// <summary>The current value; null where it is missing.</summary>
    public string? Actual => _finding.Actual;

    private protected override IEnumerable<object?> Compared => [];

    /// <summary>The difference as text.</summary>
    /// <returns>Such as <c>HostMtu of veth1: 1400, not 9001</c>.</returns>
    public override string ToString() => _finding.ToString();

    private protected override int CompareKey(EgressDifference other) => string.CompareOrdinal($"{this}", $"{other}");
}
