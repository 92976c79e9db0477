using EgressNet.Changes;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;

namespace EgressNet.Operations;

public sealed partial class AttachmentRemoval
{
    private void RemoveNat(ChangeSet changes, IReadOnlyList<Remains> all)
    {
        try
        {
            Dictionary<string, uint> groups = all.ToDictionary(each => each.Id.Owner, each => each.Group);
            RemoveNat removal = new(
                () => kernel.Netfilter,
                changes.Report,
                [.. all.SelectMany(each => each.Addresses.Select(address => (each.Id.Owner, address)))],
                owner => groups[owner]);
            if (all.Count > 0)
            {
                changes.Do(removal);
            }

            HashSet<string> owners = [.. removal.Removed.Select(entry => entry.OwnerDigest)];
            foreach (Remains each in all.Where(each => owners.Contains(NatEntry.DigestOf(each.Id.Owner))))
            {
                each.WasThere = true;
            }
        }
        catch (EgressTableConflictException foreign)
        {
            // Nothing in it is ours, and what was ours is gone.
            foreach (Remains each in all)
            {
                each.Warning = foreign.Message;
            }
        }
        catch (Exception fault) when (all.Count > 1 && Remains.IsOfAPart(fault))
        {
            foreach (Remains each in all)
            {
                RemoveNat(changes, [each]);
            }
        }
        catch (Exception fault) when (Remains.IsOfAPart(fault))
        {
            foreach (Remains each in all)
            {
                each.Note(fault);
            }
        }
    }

    private IReadOnlyList<NatEntry> ListEntries()
    {
        try
        {
            return new NatTable(kernel.Netfilter).List();
        }
        catch (EgressTableConflictException)
        {
            return [];
        }
    }

    // Without a record only the table tells what is not known here.
    private static IEnumerable<InetAddress> AddressesOf(Remains of, Lazy<ILookup<string, InetAddress>> told) =>
        of.Attachment.Sources.Union(of.Record?.Sources ?? told.Value[NatEntry.DigestOf(of.Id.Owner)]);
}
