namespace EgressNet.Nat;

/// <summary>A change to the node's table that others' changes to nf_tables did not let through in time; nothing was
/// changed.</summary>
public sealed class EgressTableBusyException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="timeout">How long it was tried.</param>
    /// <param name="innerException">What the last try met.</param>
    public EgressTableBusyException(TimeSpan timeout, Exception innerException)
        : base(
            $"Nothing was changed: others changed nf_tables all the time, for {timeout.TotalSeconds:0.#} s.",
            innerException)
    {
    }
}
