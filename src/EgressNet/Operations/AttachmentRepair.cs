using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Nodes;
using EgressNet.Plans;
using EgressNet.Records;

namespace EgressNet.Operations;

/// <summary>Restores the desired state of attachments, changing only what differs.</summary>
/// <param name="report">Called with the text of each change just before it is made; may be null.</param>
/// <param name="cancellationToken">Ends the work between two changes; what was done is then undone.</param>
public sealed class AttachmentRepair(
    EgressKernel kernel, Action<string>? report = null, CancellationToken cancellationToken = default)
{
    /// <summary>Repairs one attachment.</summary>
    /// <param name="plan">The attachment as it is meant to be.</param>
    /// <returns>What differed, and does not any more.</returns>
    /// <exception cref="AttachmentException">Its pair leads to another namespace.</exception>
    /// <exception cref="AddressInUseException">Somebody else on this node has one of the addresses.</exception>
    /// <exception cref="UndoFailedException">A step failed and something is left, as told.</exception>
    public IReadOnlyList<EgressFinding> Repair(EgressPlan plan)
    {
        try
        {
            _ = (kernel.Container(plan.Attachment.Namespace!), kernel.Host, kernel.Netfilter);
            using AttachmentLock taken = AttachmentLock.Take(kernel.Records, plan.Attachment.Id, cancellationToken);
            return ChangeSet.Run(
                report, changes => Repair(new StepContext(kernel, plan.Attachment, changes), plan), cancellationToken);
        }
        finally
        {
            kernel.LeaveContainer();
        }
    }

    internal static List<EgressFinding> Repair(StepContext context, EgressPlan plan)
    {
        foreach (EgressStep step in plan.Steps)
        {
            (step as VethStep)?.ThrowIfElsewhere(context);
            step.Check(context);
        }

        context.Former = [.. (context.OldRecord?.Sources ?? []).Except(plan.Attachment.Sources)];
        context.FormerGateways =
            [.. (context.OldRecord?.Gateways ?? []).Except(plan.Attachment.ClaimedGateways)];
        List<EgressFinding> repaired = [];
        foreach (EgressStep step in plan.Steps)
        {
            context.Changes.ThrowIfCancelled();
            EgressFinding[] findings = [.. step.Compare(context)];
            if (findings.Length > 0)
            {
                step.Repair(context, findings);
                repaired.AddRange(findings);
            }
        }

        context.Finish();
        return repaired;
    }
}
