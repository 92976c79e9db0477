using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Netlink.Inet;
using EgressNet.Records;

namespace EgressNet.Plans;

/// <summary>The record of an attachment, and its claims of its addresses: the first that is made and the last that
/// goes.</summary>
/// <param name="Attachment">The attachment.</param>
public sealed record RecordStep(Attachment Attachment) : EgressStep(EgressSide.Host)
{
    private AttachmentId Id => Attachment.Id;

    /// <inheritdoc/>
    public override string Text => $"write record of {Id}, claim {string.Join(", ", Addresses)}";

    private IEnumerable<InetAddress> Addresses => Attachment.Addresses.Select(each => each.Address.Address);

    internal override void Check(StepContext context)
    {
        foreach (InetAddress address in Addresses)
        {
            context.Ownership.ThrowIfClaimed(address, Id);
        }
    }

    internal override void Apply(StepContext context)
    {
        context.UpdateRecord();
        foreach (InetAddress address in Addresses)
        {
            Claim(context, address);
        }
    }

    internal override IEnumerable<EgressFinding> Compare(StepContext context)
    {
        AttachmentRecord? present = context.OldRecord;
        if (present is null || !RecordFormat.Declares(present, Attachment))
        {
            yield return new EgressFinding(
                EgressFindingKind.Declaration, $"{Id}", "its record", present is null ? null : "another declaration");
        }

        foreach (InetAddress address in Addresses)
        {
            AttachmentId? owner = context.Kernel.Records.Claims.OwnerOf(address);
            if (owner != Id)
            {
                yield return new EgressFinding(EgressFindingKind.Declaration, $"{address}", $"claimed by {Id}", owner?.Owner);
            }
        }
    }

    private void Claim(StepContext context, InetAddress address)
    {
        if (context.Kernel.Records.Claims.OwnerOf(address) != Id)
        {
            context.Changes.Do(new ClaimAddress(context.Kernel.Records, context.Ownership, address, Id));
        }
    }
}
