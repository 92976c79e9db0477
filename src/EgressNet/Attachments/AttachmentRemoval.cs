using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;
using EgressNet.Plans;

namespace EgressNet.Attachments;

/// <summary>Takes attachments away, whether or not their containers are still there. Every part is tried whatever
/// becomes of the others: the interfaces first, then the translation, then the connections that used it.</summary>
/// <param name="kernel">The node.</param>
/// <param name="report">Told each kernel change just before it is made; null for nobody.</param>
public sealed class AttachmentRemoval(EgressKernel kernel, Action<string>? report = null)
{
    /// <summary>Removes one attachment.</summary>
    /// <param name="attachment">The attachment, with the addresses that are known of it.</param>
    /// <returns>Whether there was anything of it.</returns>
    /// <exception cref="AttachmentRemovalException">Some parts could not be removed; the others were.</exception>
    public bool Remove(Attachment attachment)
    {
        List<Exception> faults = [];
        bool found = Attempt(faults, () => RemoveInterface(attachment));
        found |= Attempt(faults, () => RemoveTranslation(attachment));
        return faults switch
        {
            [] => found,
            [EgressTableConflictException] => throw faults[0],
            _ => throw new AttachmentRemovalException(attachment.Id, faults),
        };
    }

    /// <summary>Removes the node's table once no attachment is left, as the last thing done with the node.</summary>
    /// <returns>Whether it was removed.</returns>
    public bool RemoveTableIfEmpty() => new EgressNat(kernel.Netfilter, report).RemoveTableIfEmpty();

    private bool RemoveInterface(Attachment attachment)
    {
        if (new HostOwnership(kernel).FindInterface(attachment.Id, attachment.HostInterface) is not { } end)
        {
            return false;
        }

        report?.Invoke($"delete link {end.Name}");
        try
        {
            kernel.Host.Links.Delete(end.Index);
        }
        catch (NetlinkException gone) when (gone.IsAbsent)
        {
        }

        return true;
    }

    private bool RemoveTranslation(Attachment attachment)
    {
        IReadOnlyList<NatEntry> removed = new EgressNat(kernel.Netfilter, report).Remove(
            attachment.Id.Owner, [.. attachment.Addresses.Select(each => each.Address.Address)]);
        return removed.Count > 0;
    }

    private static bool Attempt(List<Exception> faults, Func<bool> part)
    {
        try
        {
            return part();
        }
        catch (Exception fault) when (fault is NetlinkException or NfTransactionException or NetlinkTransportException
            or EgressTableConflictException or EgressTableBusyException)
        {
            faults.Add(fault);
            return true;
        }
    }
}
