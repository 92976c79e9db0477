namespace EgressNet.Nat;

/// <summary>The state of the node's table.</summary>
internal enum NatTableState
{
    /// <summary>It does not exist.</summary>
    Absent,

    /// <summary>It is complete and unchanged.</summary>
    Intact,

    /// <summary>It exists, and something in it is missing or different.</summary>
    Damaged,

    /// <summary>A table of its name belongs to another program.</summary>
    Foreign,
}
