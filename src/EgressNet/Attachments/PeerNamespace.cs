using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Plans;

namespace EgressNet.Attachments;

/// <summary>Whether the host's end of an attachment leads into the namespace that the attachment names. A name can have
/// gone to a new namespace while the container lives on in the old one, and its pair with it.</summary>
/// <param name="kernel">The node. The container's namespace is held.</param>
public sealed class PeerNamespace(EgressKernel kernel)
{
    /// <summary>Finds the host's end where it leads elsewhere.</summary>
    /// <param name="attachment">The attachment, with its namespace.</param>
    /// <returns>The host's end; null where it leads there, or is missing.</returns>
    /// <exception cref="NetNamespaceException">There is no such namespace, or it is not the one that was read.</exception>
    public Link? FindStray(Attachment attachment)
    {
        using NetNamespaceHandle container = kernel.Hold(attachment.Namespace!).Open();
        Link? host = new HostOwnership(kernel).FindInterface(attachment.Id, attachment.HostInterface);
        return host is null || (host.PeerNamespaceId is { } id && id == kernel.Host.Links.NamespaceIdOf(container))
            ? null
            : host;
    }

    /// <summary>Refuses an attachment whose pair leads elsewhere.</summary>
    /// <param name="attachment">The attachment, with its namespace.</param>
    /// <exception cref="AttachmentException">NamespaceChanged.</exception>
    /// <exception cref="NetNamespaceException">There is no such namespace, or it is not the one that was read.</exception>
    public void ThrowIfStray(Attachment attachment)
    {
        if (FindStray(attachment) is { } stray)
        {
            throw new AttachmentException(
                AttachmentError.NamespaceChanged,
                $"Interface {stray.Name} of {attachment.Id} leads into another network namespace than "
                    + $"'{attachment.Namespace}': what has that name now is not the container's.");
        }
    }
}
