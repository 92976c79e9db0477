using EgressNet.Attachments;
using EgressNet.Netlink.Inet;
using EgressNet.Nodes;
using EgressNet.Records;

namespace EgressNet.Plans;

/// <summary>The record of an attachment and the claims of its addresses: created first and deleted last.</summary>
internal sealed record RecordStep(Attachment Attachment) : EgressStep(EgressSide.Host)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(250), s_pause = TimeSpan.FromMilliseconds(1);

    private AttachmentId Id => Attachment.Id;

    /// <inheritdoc/>
    public override string Text => $"write record of {Id}, claim {string.Join(", ", Attachment.Sources)}";

    internal override void Check(StepContext context)
    {
        foreach (InetAddress address in Attachment.Sources)
        {
            context.Ownership.ThrowIfClaimed(address, Id);
            context.Ownership.ThrowIfGateway(address, Id);
        }
    }

    internal override void Apply(StepContext context)
    {
        context.UpdateRecord();
        foreach (InetAddress address in Attachment.Sources)
        {
            Claim(context, address);
        }

        foreach (InetAddress gateway in Attachment.ClaimedGateways)
        {
            if (!context.Kernel.Records.Gateways.Has(gateway, Id))
            {
                context.Changes.Do(new ClaimGateway(context.Kernel.Records, gateway, Id));
            }
        }

        ThrowIfCrossed(context);
    }

    internal override IEnumerable<EgressFinding> Compare(StepContext context)
    {
        AttachmentRecord? present = context.OldRecord;
        if (present is null || present.IsEdited || !RecordFormat.Declares(present, Attachment))
        {
            yield return new EgressFinding(
                EgressFindingKind.Declaration, $"{Id}", "its record",
                present is null ? null : present.IsEdited ? "one that somebody changed" : "another declaration");
        }

        foreach (InetAddress address in Attachment.Sources)
        {
            AttachmentId? owner = context.Kernel.Records.Claims.OwnerOf(address);
            if (owner != Id)
            {
                yield return new EgressFinding(EgressFindingKind.Declaration, $"{address}", $"claimed by {Id}", owner?.Owner);
            }
        }

        foreach (InetAddress gateway in Attachment.ClaimedGateways)
        {
            if (!context.Kernel.Records.Gateways.Has(gateway, Id))
            {
                yield return new EgressFinding(
                    EgressFindingKind.Declaration, $"{gateway}", $"claimed as gateway by {Id}", null);
            }
        }
    }

    // Looked at once both claims are there: of two who claim one address as theirs and as a gateway at the same moment, at
    // least one sees the other. Who claims the gateway gives way, and the other one waits for that.
    private void ThrowIfCrossed(StepContext context)
    {
        foreach (InetAddress gateway in Attachment.ClaimedGateways)
        {
            context.Ownership.ThrowIfClaimed(gateway, Id);
        }

        foreach (InetAddress address in Attachment.Sources)
        {
            long deadline = Environment.TickCount64 + (long)s_timeout.TotalMilliseconds;
            while (context.Ownership.GatewayUserOf(address, Id) is { } other)
            {
                if (context.Ownership.FindHostEnd(other) is not null || Environment.TickCount64 >= deadline)
                {
                    throw AttachmentOwnership.OfGateway(address, other);
                }

                Thread.Sleep(s_pause);
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
