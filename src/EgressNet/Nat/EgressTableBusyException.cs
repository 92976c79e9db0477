namespace EgressNet.Nat;

/// <summary>A change to the node's table that did not succeed in time, since other programs kept changing nf_tables; nothing
/// was changed.</summary>
public sealed class EgressTableBusyException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="timeout">How long it was tried.</param>
    /// <param name="innerException">What the last try met.</param>
    public EgressTableBusyException(TimeSpan timeout, Exception innerException)
        : base(
            $"Nothing was changed: other programs kept changing nf_tables for {timeout.TotalSeconds:0.#} s.",
            innerException)
    {
    }
}
