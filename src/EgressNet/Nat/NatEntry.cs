using EgressNet.Netlink.Inet;

namespace EgressNet.Nat;

/// <summary>What the table holds of one container address.</summary>
public sealed record NatEntry
{
    /// <summary>The container's address.</summary>
    public required InetAddress Source { get; init; }

    /// <summary>The tag of whose it is.</summary>
    public required string Owner { get; init; }

    /// <summary>How it is translated; null for not at all.</summary>
    public SourceNat? Nat { get; init; }

    /// <summary>Destinations to which it is not translated.</summary>
    public IReadOnlyList<InetPrefix> Excluded { get; init; } = [];

    /// <summary>How the attachment is meant to be, as far as it concerns this address; null for an entry without an
    /// attachment.</summary>
    public AttachmentDeclaration? Declaration { get; init; }

    /// <inheritdoc/>
    public bool Equals(NatEntry? other) =>
        other is not null && Source == other.Source && Owner == other.Owner && Nat == other.Nat
        && Declaration == other.Declaration && Excluded.Order().SequenceEqual(other.Excluded.Order());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Source, Owner);

    /// <summary>The entry in words.</summary>
    /// <returns>Such as <c>169.254.172.5 masquerade (pods/3f2a/v4if0)</c>.</returns>
    public override string ToString() => $"{Source} {Nat?.ToString() ?? "untranslated"} ({Owner})";
}
