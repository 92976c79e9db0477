using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Netfilter;

/// <summary>A rule: expressions that the kernel goes through until one does not match.</summary>
public sealed record NfRule
{
    /// <summary>The family of its table.</summary>
    public NfFamily Family { get; init; } = NfFamily.Inet;

    /// <summary>Its table.</summary>
    public required string Table { get; init; }

    /// <summary>Its chain.</summary>
    public required string Chain { get; init; }

    /// <summary>The kernel's own number for it, as read; 0 for one that is to be made.</summary>
    public ulong Handle { get; init; }

    /// <summary>Of a rule to be made, the handle of the one that it goes behind; 0 for the end. As read, the handle
    /// of the one before it.</summary>
    public ulong Position { get; init; }

    /// <summary>The expressions in order.</summary>
    public IReadOnlyList<NfExpression> Expressions { get; init; } = [];

    /// <summary>Bytes kept with it, such as a comment.</summary>
    public NfUserData? UserData { get; init; }

    /// <summary>Attributes that no property models.</summary>
    public RawAttributes? Unknown { get; init; }

    /// <inheritdoc/>
    public bool Equals(NfRule? other) =>
        other is not null
        && (Family, Table, Chain) == (other.Family, other.Table, other.Chain)
        && (Handle, Position) == (other.Handle, other.Position)
        && Equals(UserData, other.UserData) && Equals(Unknown, other.Unknown)
        && Expressions.SequenceEqual(other.Expressions);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Family, Table, Chain, Handle, Position, Expressions.Count);

    /// <summary>The expressions, each as a record.</summary>
    /// <returns>Blank-separated.</returns>
    public override string ToString() => string.Join(' ', Expressions);
}
