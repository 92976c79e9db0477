using EgressNet.Attachments;
using EgressNet.Netlink.Links;

namespace EgressNet.Operations;

/// <summary>An attachment found on the node.</summary>
/// <param name="Attachment">How it is meant to be, as far as that is known.</param>
/// <param name="Host">The host's end; null where it is gone.</param>
public sealed record FoundAttachment(Attachment Attachment, Link? Host);
