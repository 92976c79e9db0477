using EgressNet.Nat;
using EgressNet.Netlink.Inet;

namespace EgressNet.Attachments;

/// <summary>One address of an attachment.</summary>
/// <param name="Address">The address with its prefix length.</param>
/// <param name="Gateway">Its gateway on the host, of the same family.</param>
/// <param name="Nat">How it is translated when packets leave the node; null for not at all.</param>
public sealed record AttachmentAddress(InetPrefix Address, InetAddress Gateway, SourceNat? Nat = null);
