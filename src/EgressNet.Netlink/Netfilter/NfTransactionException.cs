using EgressNet.Netlink.Transport;

namespace EgressNet.Netlink.Netfilter;

/// <summary>A transaction that the kernel refused: none of it was done.</summary>
internal sealed class NfTransactionException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="refusal">The kernel's error for the transaction, or for the first refused item.</param>
    /// <param name="errors">The items refused; none where it was the transaction as a whole.</param>
    public NfTransactionException(NetlinkException refusal, IReadOnlyList<NetlinkBatchError> errors)
        : base($"Nothing was changed. {refusal.Message}", refusal)
    {
        Refusal = refusal;
        Errors = errors;
    }

    /// <summary>The kernel's error for the transaction, or for the first refused item.</summary>
    public NetlinkException Refusal { get; }

    /// <summary>The refused items, in order of adding. An item may be refused only because an earlier one was.</summary>
    public IReadOnlyList<NetlinkBatchError> Errors { get; }

    /// <summary>The reason of <see cref="Refusal"/>.</summary>
    public Errno Errno => Refusal.Errno;

    /// <summary>Whether the generation that the transaction was for is not the present one any more (ERESTART):
    /// look again and decide again.</summary>
    public bool IsOutdated => Errors.Count == 0 && Errno == Errno.ERESTART;
}
