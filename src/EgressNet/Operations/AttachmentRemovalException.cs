using EgressNet.Attachments;

namespace EgressNet.Operations;

/// <summary>An attachment of which some parts could not be removed; all others were.</summary>
public sealed class AttachmentRemovalException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="faults">What went wrong, at least one.</param>
    public AttachmentRemovalException(AttachmentId id, IReadOnlyList<Exception> faults)
        : base($"Not all of {id} was removed: {string.Join(" ", faults.Select(fault => fault.Message))}", faults[0]) =>
        Faults = faults;

    /// <summary>The error of each part that could not be removed.</summary>
    public IReadOnlyList<Exception> Faults { get; }
}
