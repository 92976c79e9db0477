using EgressNet.Netlink.Inet;

namespace EgressNet.Nat;

/// <summary>The source NAT of one container address, as the table holds it.</summary>
internal sealed record NatEntry
{
    private readonly IReadOnlyList<InetPrefix> _excluded = [];

    /// <summary>The container's address.</summary>
    public required InetAddress Source { get; init; }

    /// <summary>The tag of whose it is; its digest where nft restored the table and the tag has more than 127 bytes; empty
    /// where nothing tells it.</summary>
    public required string Owner { get; init; }

    /// <summary>The digest of the owner, by which owners are compared.</summary>
    public string OwnerDigest => DigestOf(Owner);

    /// <summary>The translation; null for none.</summary>
    public SourceNat? Nat { get; init; }

    /// <summary>Destinations to which it is not translated. Kept without host bits, each once, and without those that
    /// are within another: the kernel takes no ranges that overlap.</summary>
    public IReadOnlyList<InetPrefix> Excluded
    {
        get => _excluded;
        init => _excluded = Outermost(value);
    }

    /// <summary>Metadata addresses beside the usual ones that the attachment is kept from, kept with this address of it.
    /// </summary>
    public IReadOnlyList<MetadataPair> Metadata { get; init; } = [];

    /// <summary>Whether it belongs to an attachment, and is not to be changed on its own.</summary>
    public bool IsOfAttachment { get; init; }

    /// <summary>Whether some of its elements are missing in the table, or exist twice.</summary>
    public bool IsTorn { get; init; }

    /// <summary>The digest of an owner.</summary>
    /// <param name="owner">A tag; a digest, and the owner that nothing tells, stay as they are.</param>
    /// <returns>32 hexadecimal digits; nothing for an owner that nothing tells.</returns>
    public static string DigestOf(string owner) => owner.Length == 0 || IsDigest(owner)
        ? owner
        : Convert.ToHexStringLower(EgressTable.DigestOf(owner).ToArray());

    /// <summary>Prefixes without those that are within another, each once and without host bits.</summary>
    internal static IReadOnlyList<InetPrefix> Outermost(IReadOnlyCollection<InetPrefix> prefixes)
    {
        if (prefixes.Count == 0)
        {
            return [];
        }

        InetPrefix[] networks = [.. prefixes.Select(prefix => prefix.Network).Distinct()];
        return [.. networks.Where(prefix => !networks.Any(other => IsWithin(prefix, other)))];
    }

    /// <inheritdoc/>
    public bool Equals(NatEntry? other) =>
        other is not null && Source == other.Source && OwnerDigest == other.OwnerDigest && Nat == other.Nat
        && IsTorn == other.IsTorn && Excluded.Order().SequenceEqual(other.Excluded.Order())
        && Metadata.ToHashSet().SetEquals(other.Metadata);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Source, OwnerDigest);

    /// <summary>The entry as text.</summary>
    /// <returns>Such as <c>169.254.172.5 masquerade (pods/3f2a/v4if0)</c>.</returns>
    public override string ToString() =>
        $"{Source} {Nat?.ToString() ?? "untranslated"} ({Owner}){(IsTorn ? " in part" : "")}";

    private static bool IsDigest(string owner) => owner.Length == 32 && owner.All(char.IsAsciiHexDigitLower);

    private static bool IsWithin(InetPrefix prefix, InetPrefix other) =>
        other.Length < prefix.Length && other.Family == prefix.Family && other.Contains(prefix.Address);
}
