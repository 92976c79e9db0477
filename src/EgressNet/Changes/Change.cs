using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;

namespace EgressNet.Changes;

/// <summary>One change of the kernel's state or of the records about it: it can be told, done and undone.</summary>
internal abstract class Change
{
    /// <summary>The change in words, such as <c>add route 10.0.0.5/32 dev veth1</c>.</summary>
    public abstract string Text { get; }

    /// <summary>What there is, or is not any more, unless it is undone.</summary>
    public abstract string Trace { get; }

    /// <summary>Whether it tells its parts itself, and so is not told as a whole.</summary>
    public virtual bool IsToldInParts => false;

    /// <summary>Makes the change.</summary>
    public abstract void Apply();

    /// <summary>Goes back behind it, as far as it was made and nobody else has changed the same since.</summary>
    public abstract void Undo();

    /// <summary>Whether a fault means that nothing was changed. Where the answer was lost nobody knows.</summary>
    /// <param name="fault">What <see cref="Apply"/> threw.</param>
    /// <returns>False where something may have been changed.</returns>
    public virtual bool WasRefused(Exception fault) =>
        fault is NetlinkException or NfTransactionException or AddressInUseException;
}
