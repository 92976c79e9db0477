using EgressNet.Attachments;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;

namespace EgressNet.Records;

/// <summary>What is written down of an attachment before anything of it is made, and until all of it is gone.</summary>
internal sealed record AttachmentRecord
{
    /// <summary>How the attachment is meant to be.</summary>
    public required Attachment Attachment { get; init; }

    /// <summary>Which namespace its path led to; null where that is not known.</summary>
    public NetNamespaceIdentity? Namespace { get; init; }

    /// <summary>The index of the host's end; null before it is made.</summary>
    public int? HostIndex { get; init; }

    /// <summary>The index of the container's end in its namespace; null before it is made.</summary>
    public int? ContainerIndex { get; init; }

    /// <summary>The number by which the node's namespace knows the container's as long as that lives, with or without a
    /// name; null before the pair is made.</summary>
    public int? NamespaceNumber { get; init; }

    /// <summary>Addresses of an earlier attachment of that id, which it may still have.</summary>
    public IReadOnlyList<InetAddress> Former { get; init; } = [];

    /// <summary>Gateways of an earlier attachment of that id, which it may still claim.</summary>
    public IReadOnlyList<InetAddress> FormerGateways { get; init; } = [];

    /// <summary>Whether somebody else has changed the file.</summary>
    public bool IsEdited { get; init; }

    /// <summary>All gateways that it may claim.</summary>
    public IEnumerable<InetAddress> Gateways => Attachment.ClaimedGateways.Concat(FormerGateways).Distinct();

    /// <summary>All addresses that it may have.</summary>
    public IEnumerable<InetAddress> Sources => Attachment.Sources.Concat(Former).Distinct();
}
