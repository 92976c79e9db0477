using System.Text;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;

namespace EgressNet.Nat;

/// <summary>An owner's tag and what else the user data of an element holds. nft saves and restores comments alone, so
/// the tag is one, or its digest where it is too long for that.</summary>
internal static class NatUserData
{
    private const int MaxCommentBytes = 127;
    private const byte OwnerField = 0xe0;
    private const byte TraitsField = 0xe2;
    private const byte SourceField = 0xe3;

    public static NfUserData OfOwner(string owner) => Encoding.UTF8.GetByteCount(owner) <= MaxCommentBytes
        ? NfUserData.Empty.WithComment(owner)
        : NfUserData.Empty.WithComment(NatEntry.DigestOf(owner)).With(OwnerField, Encoding.UTF8.GetBytes(owner));

    public static string? OwnerOf(NfUserData? data) =>
        data?.Field(OwnerField) is { } bytes ? Encoding.UTF8.GetString(bytes) : data?.Comment;

    /// <summary>The user data for the element of a container's address.</summary>
    public static NfUserData Of(NatEntry entry) =>
        OfOwner(entry.Owner).With(TraitsField, [(byte)NatTraitsExtensions.Of(entry)]);

    /// <summary>The traits of an entry; null where they are not told: nft restores comments alone.</summary>
    public static NatTraits? TraitsOf(NfUserData? data) => data?.Field(TraitsField) is [byte traits]
        ? (NatTraits)traits
        : null;

    public static NfUserData OfSource(string owner, InetAddress source) =>
        OfOwner(owner).With(SourceField, ((NfValue)source).ToArray());

    public static InetAddress SourceOf(NfUserData? data) =>
        data?.Field(SourceField) is { } bytes ? InetAddress.FromBytes(bytes) : default;
}
