using System.Buffers.Binary;
using System.Text;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;

namespace EgressNet.Nat;

/// <summary>An owner's tag and a declaration as the user data of an element holds them. The tag is a comment to nft where
/// it is short enough to be one.</summary>
internal static class NatUserData
{
    private const int MostCommentBytes = 127;
    private const byte OwnerField = 0xe0;
    private const byte DeclarationField = 0xe1;
    private const byte TraitsField = 0xe2;
    private const byte SourceField = 0xe3;
    private const byte Version = 1;
    private const int FixedBytes = 18;
    private const byte HasNat = 1, HasExclusions = 2, HasDefaultRoute = 4;

    public static NfUserData OfOwner(string owner) => Encoding.UTF8.GetByteCount(owner) <= MostCommentBytes
        ? NfUserData.Empty.WithComment(owner)
        : NfUserData.Empty.With(OwnerField, Encoding.UTF8.GetBytes(owner));

    public static string? OwnerOf(NfUserData? data) => data?.Comment
        ?? (data?.Field(OwnerField) is { } bytes ? Encoding.UTF8.GetString(bytes) : null);

    /// <summary>What the element of a container's address carries. A declaration tells the traits too, and leaves no room
    /// for them.</summary>
    public static NfUserData Of(NatEntry entry) => entry.Declaration is null
        ? OfOwner(entry.Owner).With(TraitsField, [(byte)NatTraitsExtensions.Of(entry)])
        : OfOwner(entry.Owner).With(DeclarationField, Encode(entry.Declaration));

    /// <summary>The traits of an entry; null where they are not told: nft restores comments alone.</summary>
    public static NatTraits? TraitsOf(NfUserData? data) => data?.Field(TraitsField) is [byte traits]
        ? (NatTraits)traits
        : null;

    public static NfUserData OfSource(string owner, InetAddress source) =>
        OfOwner(owner).With(SourceField, ((NfValue)source).ToArray());

    public static InetAddress SourceOf(NfUserData? data) =>
        data?.Field(SourceField) is { } bytes ? InetAddress.FromBytes(bytes) : default;

    public static AttachmentDeclaration? DeclarationOf(NfUserData? data) =>
        data?.Field(DeclarationField) is { } bytes ? Decode(bytes) : null;

    private static byte[] Encode(AttachmentDeclaration declaration)
    {
        int addressBytes = declaration.Gateway.BitLength / 8;
        byte[] bytes = new byte[FixedBytes + 2 * addressBytes];
        bytes[0] = Version;
        bytes[1] = declaration.PrefixLength;
        bytes[2] = (byte)((declaration.Nat is null ? 0 : HasNat)
            | (declaration.HasExclusions ? HasExclusions : 0)
            | (declaration.HasDefaultRoute ? HasDefaultRoute : 0));
        bytes[3] = (byte)((int)declaration.Isolation << 4 | (int)(declaration.Nat?.Ports ?? PortRandomization.None));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(4), declaration.Mtu);
        declaration.MacAddress.WriteBytes(bytes.AsSpan(6));
        declaration.HostMacAddress.WriteBytes(bytes.AsSpan(12));
        declaration.Gateway.WriteBytes(bytes.AsSpan(FixedBytes));
        InetAddress node = declaration.Nat?.NodeAddress ?? default;
        (node.IsNone ? InetAddress.Unspecified(declaration.Gateway.Family) : node)
            .WriteBytes(bytes.AsSpan(FixedBytes + addressBytes));
        return bytes;
    }

    private static AttachmentDeclaration? Decode(ReadOnlySpan<byte> bytes)
    {
        int addressBytes = (bytes.Length - FixedBytes) / 2;
        if (addressBytes is not (4 or 16) || bytes.Length != FixedBytes + 2 * addressBytes || bytes[0] != Version)
        {
            return null;
        }

        // Who else writes to the table may write anything.
        int isolation = bytes[3] >> 4;
        int ports = bytes[3] & 0xf;
        if (bytes[1] > addressBytes * 8
            || isolation > (int)(EgressIsolation.Containers | EgressIsolation.Metadata)
            || ports > (int)PortRandomization.FullyRandom)
        {
            return null;
        }

        InetAddress node = InetAddress.FromBytes(bytes[(FixedBytes + addressBytes)..]);
        return new AttachmentDeclaration
        {
            PrefixLength = bytes[1],
            Gateway = InetAddress.FromBytes(bytes.Slice(FixedBytes, addressBytes)),
            Nat = (bytes[2] & HasNat) == 0
                ? null
                : new SourceNat(node.IsUnspecified ? default : node, (PortRandomization)ports),
            HasExclusions = (bytes[2] & HasExclusions) != 0,
            HasDefaultRoute = (bytes[2] & HasDefaultRoute) != 0,
            Isolation = (EgressIsolation)isolation,
            Mtu = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]),
            MacAddress = MacAddress.FromBytes(bytes.Slice(6, 6))!.Value,
            HostMacAddress = MacAddress.FromBytes(bytes.Slice(12, 6))!.Value,
        };
    }
}
