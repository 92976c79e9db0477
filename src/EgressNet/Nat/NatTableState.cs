namespace EgressNet.Nat;

/// <summary>How the node's table is.</summary>
public enum NatTableState
{
    /// <summary>It is not there.</summary>
    Absent,

    /// <summary>Its rules are as they should be.</summary>
    Intact,

    /// <summary>It is there, and rules are missing or others are in it.</summary>
    Damaged,
}
