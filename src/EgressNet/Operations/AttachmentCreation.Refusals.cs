using EgressNet.Attachments;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Nodes;
using EgressNet.Veths;

namespace EgressNet.Operations;

public sealed partial class AttachmentCreation
{
    private void ThrowIfGone(Attachment attachment)
    {
        NamespaceReference ns = attachment.Namespace!;
        try
        {
            using NetNamespaceHandle present = ns.Open();
            if (kernel.IdentityOf(ns).Agrees(present.Identity))
            {
                return;
            }
        }
        catch (NetNamespaceException gone) when (!gone.IsExhausted)
        {
        }

        throw new AttachmentException(
            AttachmentError.NamespaceGone, $"The network namespace '{ns}' went away while {attachment.Id} was made.");
    }

    private void ThrowIfOwnNamespace(NamespaceReference ns)
    {
        if (kernel.IdentityOf(ns) == kernel.NodeIdentity)
        {
            throw new VethException(VethError.SameNamespace, $"'{ns}' is the node's own network namespace.");
        }
    }

    private void ThrowIfThere(Attachment attachment, Link? old, StrayPair? stray, bool replace)
    {
        if ((old?.Name ?? stray?.End.Name) is { } present && !replace)
        {
            throw new AttachmentException(
                AttachmentError.AlreadyExists,
                $"Container egress '{attachment.Id}' already exists, with interface {present}"
                + (stray is null ? "." : " of the container, the host's end of which was moved to another network namespace."));
        }

        if (kernel.Host.Links.Find(attachment.HostInterface) is { } host && host.Index != old?.Index)
        {
            throw new VethException(
                VethError.HostNameTaken, $"Interface '{host.Name}' already exists in the caller's namespace.");
        }

        if (kernel.Container(attachment.Namespace!).Links.Find(attachment.Id.InterfaceName) is { } taken
            && (taken.PeerIndex != old?.Index || taken.Index != old.PeerIndex)
            && (taken.Index != stray?.End.Index || taken.MacAddress != stray.End.MacAddress))
        {
            throw new VethException(
                VethError.ContainerNameTaken,
                $"Interface '{taken.Name}' ({taken.Index}) already exists in '{attachment.Namespace}'.");
        }
    }
}
