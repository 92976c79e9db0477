using EgressNet.Netlink.Inet;

namespace EgressNet.Attachments;

/// <summary>One route of an attachment's container, beside those that the addresses bring.</summary>
/// <param name="Destination">Where it leads to, without host bits.</param>
/// <param name="Gateway">Its gateway, which is that of one of the addresses or reached through it.</param>
public sealed record AttachmentRoute(InetPrefix Destination, InetAddress Gateway);
