using EgressNet.Changes;
using EgressNet.Nat;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Nodes;

namespace EgressNet.Operations;

/// <summary>Deletes the pairs of many attachments as groups of links, one for each isolation. The kernel waits for all its
/// processors once a deletion, of however many pairs.</summary>
/// <param name="report">Called with the text of each change just before it is made; may be null.</param>
internal sealed class HostEndGroups(EgressKernel kernel, Action<string>? report)
{
    /// <summary>Deletes the pairs that can be deleted this way; the others are unchanged and not marked as deleted.</summary>
    /// <param name="remains">The attachments, each under its lock.</param>
    public void Delete(IReadOnlyList<Remains> remains)
    {
        try
        {
            // Only these rules see through the number of a group.
            if (new NatTable(kernel.Netfilter).State is not (NatTableState.Intact or NatTableState.Absent))
            {
                return;
            }

            IReadOnlyList<Link> all = kernel.Host.Links.List();
            HashSet<uint> used = [.. all.Select(link => link.Group)];
            AttachmentOwnership ownership = new(kernel, new HostLinks(kernel, [.. all.Where(link => link.Kind == "veth")]));
            foreach (IGrouping<EgressIsolation?, (Remains Of, Link End)> ends in
                from each in remains
                let end = ownership.FindHostEnd(each.Id, each.Known)
                where end is not null
                where !EgressGroup.IsOfOne(end.Group)
                group (each, end) by EgressGroup.IsolationOf(end.Group))
            {
                if (ends.Key is { } isolation && ends.Count() > 1 && EgressGroup.DrawFree(isolation, used) is { } group)
                {
                    Delete([.. ends], group, EgressGroup.Of(isolation));
                }
            }
        }
        catch (Exception fault) when (fault is NetlinkException or NetlinkTransportException or UndoFailedException
            or NetNamespaceException)
        {
            // Each is then deleted by itself, and tells what keeps it.
        }
    }

    private void Delete(IReadOnlyList<(Remains Of, Link End)> ends, uint group, uint home) =>
        ChangeSet.Run(report, changes =>
        {
            GroupLinks gathered = new(() => kernel.Host, [.. ends.Select(each => each.End)], group, home);
            changes.Do(gathered);
            Link[] members = [.. gathered.Members];
            if (!members.All(gathered.IsOneOfThem))
            {
                changes.Do(new GroupLinks(() => kernel.Host, [.. members.Where(gathered.IsOneOfThem)], home, group));
                return false;
            }

            HashSet<int> inside = [.. members.Select(link => link.Index)];
            (Remains Of, Link End)[] gone = [.. ends.Where(each => inside.Contains(each.End.Index))];
            changes.Do(new DeleteLinkGroup(() => kernel.Host, group, [.. gone.Select(each => each.End)]));
            foreach ((Remains of, _) in gone)
            {
                of.IsUnlinked = true;
                of.WasThere = true;
            }

            return true;
        });
}
