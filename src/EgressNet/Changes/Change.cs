using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;

namespace EgressNet.Changes;

/// <summary>One change of the kernel's state or of a record, which can be described, applied and undone.</summary>
internal abstract class Change
{
    /// <summary>The change as text, such as <c>add route 10.0.0.5/32 dev veth1</c>.</summary>
    public abstract string Text { get; }

    /// <summary>What is left of the change when it cannot be undone.</summary>
    public abstract string Trace { get; }

    /// <summary>Whether it reports its parts itself, and so is not reported as a whole.</summary>
    public virtual bool IsToldInParts => false;

    /// <summary>Applies the change.</summary>
    public abstract void Apply();

    /// <summary>Undoes the change, as far as it was applied and nothing else has changed the same object since.</summary>
    public abstract void Undo();

    /// <summary>Whether an exception means that nothing was changed. Where the answer was lost, that is unknown.</summary>
    /// <param name="fault">What <see cref="Apply"/> threw.</param>
    /// <returns>False where something may have been changed.</returns>
    public virtual bool WasRefused(Exception fault) =>
        fault is NetlinkException or NfTransactionException or AddressInUseException;
}
