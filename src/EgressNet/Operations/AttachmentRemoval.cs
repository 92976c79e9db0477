using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Nodes;
using EgressNet.Records;

namespace EgressNet.Operations;

/// <summary>Removes whatever is left of attachments. Every part is tried even when another one fails: first the interfaces,
/// then source NAT, then the tracked connections. The record is deleted last, and only when nothing else is left.</summary>
/// <param name="report">Called with the text of each change just before it is made; may be null.</param>
/// <param name="stop">Ends the wait for other operations, whose attachments are then kept. What has begun is finished.
/// </param>
public sealed partial class AttachmentRemoval(
    EgressKernel kernel, Action<string>? report = null, CancellationToken stop = default)
{
    /// <summary>How many are removed together: as many as messages fit into one exchange, and their locks into the
    /// descriptors that a process has.</summary>
    public const int MaxTogether = 128;

    // For sockets, files and the assemblies that are loaded meanwhile.
    private const int DescriptorsOfWork = 24;

    private readonly AttachmentOwnership _ownership = new(kernel);
    private readonly StrayPairs _strays = new(kernel);

    /// <summary>Removes attachments, up to <see cref="MaxTogether"/> of them together.</summary>
    /// <param name="attachments">The attachments, with what is known of them.</param>
    /// <returns>What became of each, in their order.</returns>
    public IEnumerable<RemovalResult> Remove(IReadOnlyList<Attachment> attachments)
    {
        for (int from = 0; from < attachments.Count;)
        {
            RemovalResult[] results = RemoveTogether([.. attachments.Skip(from).Take(MaxTogether)]);
            from += results.Length;
            foreach (RemovalResult result in results)
            {
                yield return result;
            }
        }
    }

    /// <summary>Removes one attachment.</summary>
    /// <param name="attachment">The attachment, with what is known of it.</param>
    /// <returns>Whether there was anything of it.</returns>
    /// <exception cref="AttachmentRemovalException">Some parts could not be removed; the others were.</exception>
    public bool Remove(Attachment attachment)
    {
        RemovalResult result = Remove([attachment]).Single();
        return result.Fault is null ? result.WasThere : throw result.Fault;
    }

    /// <summary>Removes the node's table if no attachment is left; the last step of a removal.</summary>
    /// <returns>Whether it was removed.</returns>
    public bool RemoveTableIfEmpty()
    {
        kernel.Records.DeleteIfEmpty();
        return new NatTable(kernel.Netfilter, report, kernel.Warn).RemoveTableIfEmpty();
    }

    /// <summary>Whether a table without entries exists, as an interrupted removal leaves it.</summary>
    /// <returns>False also where it cannot be read.</returns>
    public bool IsTableLeft()
    {
        try
        {
            NatTable nat = new(kernel.Netfilter);
            return nat.State != NatTableState.Absent && nat.List().Count == 0;
        }
        catch (Exception unreadable) when (unreadable is NetlinkException or EgressTableConflictException)
        {
            return false;
        }
    }

    private RemovalResult RemoveAlone(Attachment attachment)
    {
        try
        {
            using AttachmentLock taken = AttachmentLock.Take(kernel.Records, attachment.Id, stop);
            Remains remains = new(attachment, kernel.Records);
            Remove([remains]);
            return remains.Result;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new RemovalResult(attachment, WasThere: true, new AttachmentException(
                AttachmentError.Busy, $"Another operation on {attachment.Id} had not ended at the stop: it is not removed."));
        }
        catch (Exception fault) when (Remains.IsOfAPart(fault))
        {
            return new RemovalResult(attachment, WasThere: true, fault);
        }
    }

    // As many of the first ones as there are descriptors for. Others' operations are waited for only once nobody waits
    // for ours.
    private RemovalResult[] RemoveTogether(Attachment[] attachments)
    {
        Dictionary<AttachmentId, Remains> held = [];
        Stack<AttachmentLock> locks = [];
        int tried = 1;
        try
        {
            if (attachments.Length > 1)
            {
                using SpareDescriptors? spare = SpareDescriptors.TryReserve(DescriptorsOfWork);
                int most = spare is null ? 0 : attachments.Length;
                for (tried = 0; tried < most && TryTake(attachments[tried], locks, held); tried++)
                {
                }
            }

            Remove([.. held.Values]);
        }
        finally
        {
            while (locks.TryPop(out AttachmentLock? taken))
            {
                taken.Dispose();
            }
        }

        return
        [
            .. attachments.Take(Math.Max(tried, 1)).Select(each =>
                held.Remove(each.Id, out Remains? remains) ? remains.Result : RemoveAlone(each)),
        ];
    }

    // False once there are no more descriptors. Another fault is told by the one who removes it alone.
    private bool TryTake(Attachment attachment, Stack<AttachmentLock> locks, Dictionary<AttachmentId, Remains> held)
    {
        try
        {
            if (!held.ContainsKey(attachment.Id) && kernel.Records.TryLock(attachment.Id) is { } taken)
            {
                locks.Push(taken);
                held.Add(attachment.Id, new Remains(attachment, kernel.Records));
            }
        }
        catch (RecordException fault)
        {
            return !fault.IsOutOfDescriptors;
        }
        catch (NetNamespaceException)
        {
            return true;
        }

        return true;
    }

    private void Remove(IReadOnlyList<Remains> all)
    {
        if (all.Count > 1)
        {
            new HostEndGroups(kernel, report).Delete(all);
        }

        Lazy<ILookup<string, InetAddress>> told = new(
            () => ListEntries().ToLookup(entry => entry.OwnerDigest, entry => entry.Source));
        ChangeSet.RunForward(report, changes =>
        {
            foreach (Remains each in all)
            {
                each.Attempt(() => RemoveLink(changes, each));
            }

            foreach (Remains each in all)
            {
                each.Attempt(() => each.Addresses = [.. AddressesOf(each, told)]);
            }

            _strays.Close();
            RemoveNat(changes, [.. all.Where(each => each.Addresses.Count > 0)]);
            foreach (Remains each in all.Where(each => !each.HasFaults))
            {
                each.Attempt(() => RemoveRecord(changes, each));
            }
        });
    }

    private void RemoveLink(ChangeSet changes, Remains of)
    {
        if (of.IsUnlinked)
        {
            return;
        }

        if (_ownership.FindHostEnd(of.Id, of.Known) is { } end)
        {
            of.WasThere = true;
            of.Group = EgressGroup.IsOfOne(end.Group) ? end.Group : of.Group;
            changes.Do(new DeleteLink(() => kernel.Host, end));
        }
        else if (StrayPair.Find(kernel, of.Known) is { } stray)
        {
            of.WasThere = true;
            _strays.Delete(changes, of.Id, stray);
        }
    }

    private void RemoveRecord(ChangeSet changes, Remains of)
    {
        foreach (InetAddress address in of.Addresses
            .Where(address => kernel.Records.Claims.OwnerOf(address) == of.Id))
        {
            of.WasThere = true;
            changes.Do(new ReleaseAddress(kernel.Records, address, of.Id));
        }

        foreach (InetAddress gateway in (of.Record?.Gateways ?? kernel.Records.Gateways.Of(of.Id))
            .Where(gateway => kernel.Records.Gateways.Has(gateway, of.Id)))
        {
            of.WasThere = true;
            changes.Do(new ReleaseGateway(kernel.Records, gateway, of.Id));
        }

        if (kernel.Records.Has(of.Id))
        {
            changes.Do(new WriteRecord(kernel.Records, of.Id, null));
        }
    }
}
