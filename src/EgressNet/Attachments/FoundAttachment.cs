using EgressNet.Nat;
using EgressNet.Netlink.Links;

namespace EgressNet.Attachments;

/// <summary>An attachment that was found on the node.</summary>
/// <param name="Attachment">How it is meant to be, as far as the kernel tells.</param>
/// <param name="Host">The host's end; null where it is gone.</param>
/// <param name="Entries">What the node's table has of it; null where that may not be read.</param>
public sealed record FoundAttachment(Attachment Attachment, Link? Host, IReadOnlyList<NatEntry>? Entries);
