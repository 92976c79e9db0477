using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;
using EgressNet.Plans;
using EgressNet.Records;

namespace EgressNet.Operations;

/// <summary>Takes attachments away, whatever of them is still there. Every part is tried whatever becomes of the others:
/// the interfaces first, then the translation, then the connections that used it. The record goes last, and stays where
/// something else does.</summary>
/// <param name="kernel">The node.</param>
/// <param name="report">Told each change just before it is made; null for nobody.</param>
public sealed class AttachmentRemoval(EgressKernel kernel, Action<string>? report = null)
{
    private readonly AttachmentOwnership _ownership = new(kernel);

    /// <summary>Removes attachments.</summary>
    /// <param name="attachments">The attachments, with what is known of them.</param>
    /// <returns>What became of each, as it is done.</returns>
    public IEnumerable<RemovalResult> Remove(IReadOnlyList<Attachment> attachments) => attachments.Select(each =>
    {
        try
        {
            return RemoveOne(each);
        }
        catch (Exception fault) when (fault is AttachmentException or RecordException or NetNamespaceException)
        {
            return new RemovalResult(each, WasThere: true, fault);
        }
    });

    /// <summary>Removes one attachment.</summary>
    /// <param name="attachment">The attachment, with what is known of it.</param>
    /// <returns>Whether there was anything of it.</returns>
    /// <exception cref="AttachmentRemovalException">Some parts could not be removed; the others were.</exception>
    public bool Remove(Attachment attachment)
    {
        RemovalResult result = Remove([attachment]).Single();
        return result.Fault is null ? result.WasThere : throw result.Fault;
    }

    /// <summary>Removes the node's table once no attachment is left, as the last thing done with the node.</summary>
    /// <returns>Whether it was removed.</returns>
    public bool RemoveTableIfEmpty()
    {
        kernel.Records.DeleteIfEmpty();
        return new EgressNat(kernel.Netfilter, report).RemoveTableIfEmpty();
    }

    /// <summary>Whether there is a table without any entry: what an end that came too early leaves.</summary>
    /// <returns>False also where it cannot be read.</returns>
    public bool IsTableLeft()
    {
        try
        {
            EgressNat nat = new(kernel.Netfilter);
            return nat.State != NatTableState.Absent && nat.List().Count == 0;
        }
        catch (Exception unreadable) when (unreadable is NetlinkException or EgressTableConflictException)
        {
            return false;
        }
    }

    private RemovalResult RemoveOne(Attachment attachment)
    {
        AttachmentId id = attachment.Id;
        using AttachmentLock taken = AttachmentLock.Take(kernel.Records, id, CancellationToken.None);
        bool wasThere = kernel.Records.Has(id);
        List<Exception> faults = [];
        ChangeSet.RunForward(report, changes =>
        {
            AttachmentRecord? record = kernel.Records.Read(id);
            wasThere |= Attempt(faults, () => RemoveLink(changes, attachment, record));
            wasThere |= Attempt(faults, () => RemoveNat(changes, attachment, record));
            if (faults.Count == 0)
            {
                Attempt(faults, () => RemoveRecord(changes, attachment, record));
            }
        });
        return new RemovalResult(attachment, wasThere, faults switch
        {
            [] => null,
            [EgressTableConflictException foreign] => foreign,
            _ => new AttachmentRemovalException(id, faults),
        });
    }

    private bool RemoveLink(ChangeSet changes, Attachment attachment, AttachmentRecord? record)
    {
        Link? end = _ownership.FindHostEnd(attachment.Id, record ?? new AttachmentRecord { Attachment = attachment });
        if (end is not null)
        {
            changes.Do(new DeleteLink(() => kernel.Host, end));
        }

        return end is not null;
    }

    private bool RemoveNat(ChangeSet changes, Attachment attachment, AttachmentRecord? record)
    {
        InetAddress[] addresses = [.. AddressesOf(attachment, record)];
        RemoveNat removal = new(() => kernel.Netfilter, changes.Report, attachment.Id.Owner, addresses);
        if (addresses.Length > 0)
        {
            changes.Do(removal);
        }

        return removal.Count > 0;
    }

    private bool RemoveRecord(ChangeSet changes, Attachment attachment, AttachmentRecord? record)
    {
        foreach (InetAddress address in AddressesOf(attachment, record)
            .Where(address => kernel.Records.Claims.OwnerOf(address) == attachment.Id))
        {
            changes.Do(new ReleaseAddress(kernel.Records, address, attachment.Id));
        }

        if (kernel.Records.Has(attachment.Id))
        {
            changes.Do(new WriteRecord(kernel.Records, attachment.Id, null));
        }

        return true;
    }

    // Without a record only the table tells what is not known here.
    private IEnumerable<InetAddress> AddressesOf(Attachment attachment, AttachmentRecord? record) =>
        attachment.Addresses.Select(each => each.Address.Address)
            .Union(record?.Sources ?? new EgressNat(kernel.Netfilter).List()
                .Where(entry => entry.Owner == attachment.Id.Owner).Select(entry => entry.Source));

    private static bool Attempt(List<Exception> faults, Func<bool> part)
    {
        try
        {
            return part();
        }
        catch (Exception fault) when (fault is NetlinkException or NfTransactionException or NetlinkTransportException
            or RecordException or EgressTableConflictException or EgressTableBusyException)
        {
            faults.Add(fault);
            return true;
        }
    }
}
