using EgressNet.Attachments;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;

namespace EgressNet.Records;

/// <summary>The desired state of an attachment and what identifies its parts. It is written before the first change and
/// deleted after the last.</summary>
internal sealed record AttachmentRecord
{
    /// <summary>The desired state.</summary>
    public required Attachment Attachment { get; init; }

    /// <summary>The identity of the namespace that its path led to; null where unknown.</summary>
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

    /// <summary>Whether the file was changed by another program.</summary>
    public bool IsEdited { get; init; }

    /// <summary>All gateways that it may claim.</summary>
    public IEnumerable<InetAddress> Gateways => Attachment.ClaimedGateways.Concat(FormerGateways).Distinct();

    /// <summary>All addresses that it may have, current or former.</summary>
    public IEnumerable<InetAddress> Sources => Attachment.Sources.Concat(Former).Distinct();
}
