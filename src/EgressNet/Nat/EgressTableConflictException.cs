namespace EgressNet.Nat;

/// <summary>A table named egressnet that another program made; it was not changed.</summary>
public sealed class EgressTableConflictException : Exception
{
    /// <summary>Creates the error.</summary>
    public EgressTableConflictException()
        : base(
            $"The nf_tables table 'inet {EgressTable.Table.Name}' is not of EgressNet: it has not its mark. "
            + "Rename or delete it ('nft delete table inet egressnet'); it was not touched.")
    {
    }
}
