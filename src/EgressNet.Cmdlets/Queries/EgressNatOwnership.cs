using EgressNet.Attachments;
using EgressNet.Errors;
using EgressNet.Nat;
using EgressNet.Nodes;
using EgressNet.Records;

namespace EgressNet.Queries;

/// <summary>Protects source NAT that is part of a container's egress.</summary>
internal static class EgressNatOwnership
{
    /// <summary>Refuses an entry of an attachment.</summary>
    /// <param name="records">The records of the node's attachments: a table that nft restored tells less.</param>
    /// <param name="cmdlet">What to use instead.</param>
    public static void ThrowIfOfContainerEgress(this NatEntry entry, RecordStore records, string cmdlet)
    {
        if (entry.IsOfAttachment || (AttachmentId.FromOwner(entry.Owner) is { } id && records.Has(id)))
        {
            throw new ErrorRecordException(Refusal(entry, cmdlet));
        }
    }

    /// <summary>Refuses an entry for an address that an attachment has without source NAT, or whose entry is lost.</summary>
    /// <param name="id">The attachment that it is for.</param>
    /// <param name="ownership">Whose the node's addresses are.</param>
    public static void ThrowIfDeclared(NatEntry entry, AttachmentId id, AttachmentOwnership ownership)
    {
        if (ownership.IsDeclared(entry.Source, id))
        {
            throw new ErrorRecordException(Refusal(entry, "New-ContainerEgress -Force"));
        }
    }

    private static ErrorRecord Refusal(NatEntry entry, string cmdlet) =>
        $"The source NAT of IPAddress '{entry.Source}' is part of the container egress {entry.Owner}: use {cmdlet}."
            .ToError(
                ErrorId.EgressNatBelongsToContainerEgress,
                ErrorCategory.InvalidOperation,
                entry.Source.ToString());
}
