using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;
using EgressNet.Nodes;
using EgressNet.Plans;
using EgressNet.Records;
using EgressNet.Veths;
using static EgressNet.Netlink.Errno;

namespace EgressNet.Operations;

/// <summary>Creates attachments atomically.</summary>
/// <param name="report">Called with the text of each change just before it is made; may be null.</param>
/// <param name="cancellationToken">Ends the work between two changes; what was made is then taken away.</param>
public sealed partial class AttachmentCreation(
    EgressKernel kernel, Action<string>? report = null, CancellationToken cancellationToken = default)
{
    private const int DescriptorsOfSteps = 8;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);
    private readonly StrayPairs _strays = new(kernel);

    /// <summary>Creates an attachment. When it returns, the container reaches its gateways.</summary>
    /// <param name="plan">What to make. What is left of one of the same id that is gone is taken over.</param>
    /// <param name="replace">Whether one of the same id that is there is replaced. Where the new one cannot be made, it is
    /// made anew; what that does not bring back, the error says.</param>
    /// <returns>The attachment, with the settings that it does without.</returns>
    /// <exception cref="AttachmentException">There is one of that id already, or it cannot be made.</exception>
    /// <exception cref="VethException">A name is taken, or the namespace is the node's own.</exception>
    /// <exception cref="AddressInUseException">Somebody else on this node has one of the addresses.</exception>
    /// <exception cref="RecordException">Its record cannot be written.</exception>
    /// <exception cref="NetNamespaceException">There is no such namespace, or a setting cannot be changed.</exception>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    /// <exception cref="NfTransactionException">The packet filter refused.</exception>
    /// <exception cref="UndoFailedException">One of these, and something is left, as told.</exception>
    /// <exception cref="IOException">There are too few descriptors to replace one; nothing was changed.</exception>
    public Attachment Create(EgressPlan plan, bool replace = false)
    {
        try
        {
            // All that takes a descriptor for long is open before anything is made.
            _ = (kernel.Container(plan.Attachment.Namespace!), kernel.Host, kernel.Netfilter);
            ThrowIfOwnNamespace(plan.Attachment.Namespace!);
            return CreateAlone(plan, replace);
        }
        finally
        {
            kernel.LeaveContainer();
            _strays.Close();
        }
    }

    /// <summary>The steps that a creation would take now; nothing is changed. It throws what a creation would throw before
    /// its first change.</summary>
    /// <param name="plan">What is to be made.</param>
    /// <param name="replace">Whether one of the same id that is there would be replaced.</param>
    /// <returns>The plan's steps without the settings that are right already or will be from the start.</returns>
    /// <exception cref="AttachmentException">As <see cref="Create(EgressPlan, bool)"/> says, and its others.</exception>
    public IReadOnlyList<EgressStep> Preview(EgressPlan plan, bool replace = false)
    {
        try
        {
            StepContext context = new(kernel, plan.Attachment);
            CheckWhereAllowed(context, plan, replace);
            return [.. plan.Steps.Where(step => step.IsNeeded(context))];
        }
        finally
        {
            kernel.LeaveContainer();
        }
    }

    // Who may not look into the namespace is told what would be done all the same.
    private void CheckWhereAllowed(StepContext context, EgressPlan plan, bool replace)
    {
        try
        {
            ThrowIfOwnNamespace(plan.Attachment.Namespace!);
            Check(context, plan, replace);
        }
        catch (NetNamespaceException denied) when (denied.Reason == NetNamespaceError.AccessDenied)
        {
        }
        catch (NetlinkException denied) when (denied.Errno is EPERM or EACCES)
        {
        }
    }

    private (Link? Host, StrayPair? Stray) Check(StepContext context, EgressPlan plan, bool replace)
    {
        Link? old = context.Ownership.FindHostEnd(plan.Attachment.Id, context.OldRecord);
        StrayPair? stray = old is null ? StrayPair.Find(kernel, context.OldRecord) : null;
        ThrowIfThere(plan.Attachment, old, stray, replace);
        foreach (EgressStep step in plan.Steps)
        {
            step.Check(context);
        }

        return (old, stray);
    }

    private Attachment CreateAlone(EgressPlan plan, bool replace)
    {
        RecordStore records = kernel.Records;
        bool isMade = false;
        try
        {
            using AttachmentLock taken = AttachmentLock.Take(records, plan.Attachment.Id, cancellationToken);
            Attachment made = Create(plan, replace, new ReplacedAttachment(kernel, records.Read(plan.Attachment.Id)));
            isMade = true;
            return made;
        }
        finally
        {
            if (!isMade)
            {
                records.Tidy();
            }
        }
    }

    private Attachment Create(EgressPlan plan, bool replace, ReplacedAttachment before)
    {
        try
        {
            return ChangeSet.Run(
                report,
                changes => Create(new StepContext(kernel, plan.Attachment, changes), plan, replace, before),
                cancellationToken);
        }
        catch (Exception cause)
        {
            before.PutBack(cause);
            throw;
        }
    }

    private Attachment Create(StepContext context, EgressPlan plan, bool replace, ReplacedAttachment replaced)
    {
        (Link? old, StrayPair? stray) = Check(context, plan, replace);
        if (old is not null || stray is not null)
        {
            // What is replaced can only be made anew, and the steps open files and sockets for a moment.
            SpareDescriptors.ThrowIfFewer(DescriptorsOfSteps);
        }

        InetAddress[] before = [];
        if (context.OldRecord is not null || old is not null || kernel.Records.Has(plan.Attachment.Id))
        {
            before = [.. AddressesBefore(context)];
            context.Former = [.. before.Except(plan.Attachment.Sources)];
            context.FormerGateways = [.. GatewaysBefore(context).Except(plan.Attachment.ClaimedGateways)];
        }

        if (stray is not null)
        {
            // Its record is what leads to it.
            _strays.Delete(context.Changes, plan.Attachment.Id, stray);
        }

        foreach (EgressStep step in plan.Steps)
        {
            context.Changes.ThrowIfCancelled();
            Apply(step, context);
            if (step is RecordStep && old is not null)
            {
                replaced.Remove(context.Changes, plan.Attachment.Id, old, before);
            }
        }

        foreach (EgressStep step in plan.Steps)
        {
            step.Wait(context, s_timeout, cancellationToken);
        }

        ThrowIfGone(plan.Attachment);
        context.Changes.ThrowIfCancelled();
        context.Finish();
        return context.NewRecord.Attachment;
    }

    // Without a record only the table tells.
    private IEnumerable<InetAddress> AddressesBefore(StepContext context) => context.OldRecord?.Sources
        ?? new NatTable(kernel.Netfilter).List()
            .Where(entry => entry.OwnerDigest == NatEntry.DigestOf(context.Attachment.Id.Owner))
            .Select(entry => entry.Source);

    private IEnumerable<InetAddress> GatewaysBefore(StepContext context) =>
        context.OldRecord?.Gateways ?? kernel.Records.Gateways.Of(context.Attachment.Id);

    private void Apply(EgressStep step, StepContext context)
    {
        try
        {
            step.Apply(context);
        }
        catch (NetlinkException taken) when (step is VethStep && taken.IsAlreadyThere && context.HostEnd is null)
        {
            // Somebody was faster.
            AttachmentId id = context.Attachment.Id;
            ThrowIfThere(context.Attachment, context.Ownership.FindHostEnd(id, context.NewRecord), null, replace: false);
            throw;
        }
    }
}
