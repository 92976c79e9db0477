namespace EgressNet.Nat;

/// <summary>How the node's table is, and what is wrong with it.</summary>
/// <param name="State">How it is.</param>
/// <param name="Faults">What is missing or different, such as <c>chain forward: policy Drop</c>; none where it is whole
/// or not there.</param>
internal sealed record NatTableReport(NatTableState State, IReadOnlyList<string> Faults);
