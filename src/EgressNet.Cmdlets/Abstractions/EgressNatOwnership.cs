using System.Management.Automation;
using EgressNet.Errors;
using EgressNet.Nat;

namespace EgressNet.Abstractions;

/// <summary>Source NAT that is part of a container's egress is not changed by itself.</summary>
internal static class EgressNatOwnership
{
    /// <summary>Refuses an entry of an attachment.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="cmdlet">What to use instead.</param>
    public static void ThrowIfOfContainerEgress(this NatEntry entry, string cmdlet)
    {
        if (entry.IsOfAttachment)
        {
            throw new ErrorRecordException(
                $"The source NAT of IPAddress '{entry.Source}' is part of the container egress {entry.Owner}: use {cmdlet}."
                    .ToError(
                        ErrorId.EgressNatBelongsToContainerEgress,
                        ErrorCategory.InvalidOperation,
                        entry.Source.ToString()));
        }
    }
}
