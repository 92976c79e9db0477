namespace EgressNet.Nat;

/// <summary>The state of the node's table, and its faults.</summary>
/// <param name="State">How it is.</param>
/// <param name="Faults">What is missing or different, such as <c>chain forward: policy Drop</c>; none where it is whole
/// or not there.</param>
internal sealed record NatTableReport(NatTableState State, IReadOnlyList<string> Faults);
