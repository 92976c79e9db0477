using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Nodes;
using EgressNet.Plans;
using EgressNet.Records;

namespace EgressNet.Operations;

/// <summary>An attachment that is replaced by another one of its id, and created again if that fails.</summary>
/// <param name="record">Its record; null where that is lost, and it cannot be made anew.</param>
internal sealed class ReplacedAttachment(EgressKernel kernel, AttachmentRecord? record)
{
    private bool _isGone;

    /// <summary>Removes its pair and its entries.</summary>
    /// <param name="changes">The operation.</param>
    /// <param name="end">The host's end.</param>
    /// <param name="addresses">The addresses that it may have.</param>
    public void Remove(ChangeSet changes, AttachmentId id, Link end, IEnumerable<InetAddress> addresses)
    {
        Do(changes, new DeleteLink(() => kernel.Host, end, $"{id}"));
        Do(changes, new RemoveNat(() => kernel.Netfilter, changes.Report, id.Owner, addresses));
    }

    /// <summary>Creates it again after everything else was undone.</summary>
    /// <param name="cause">Why the other one could not be made.</param>
    /// <exception cref="UndoFailedException">It could not be made anew either.</exception>
    public void PutBack(Exception cause)
    {
        if (!_isGone)
        {
            return;
        }

        try
        {
            EgressPlan plan = new(record!.Attachment);
            ChangeSet.Run(
                null, changes => AttachmentRepair.Repair(new StepContext(kernel, plan.Attachment, changes), plan));
        }
        catch (Exception fault) when (cause is not OperationCanceledException)
        {
            UndoFailedException? before = cause as UndoFailedException;
            throw new UndoFailedException(
                before?.InnerException ?? cause,
                [
                    .. before?.Left ?? [],
                    $"missing {record!.Attachment.Id} ({fault.Message}); its record is there to repair it from",
                ]);
        }
        catch (Exception)
        {
            // An end that somebody asked for stays what it is.
        }
    }

    private void Do(ChangeSet changes, Change change)
    {
        _isGone = record?.Attachment.Namespace is not null;
        changes.Do(_isGone ? new Superseded(change) : change);
    }
}
