namespace EgressNet.Nat;

/// <summary>How the node's table is.</summary>
internal enum NatTableState
{
    /// <summary>It is not there.</summary>
    Absent,

    /// <summary>All of it is as it should be.</summary>
    Intact,

    /// <summary>It is there, and something in it is missing or different.</summary>
    Damaged,

    /// <summary>There is one of its name that is somebody else's.</summary>
    Foreign,
}
