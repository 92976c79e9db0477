using System.Text;

namespace EgressNet.Netlink.Netfilter;

/// <summary>Bytes that the kernel keeps with a set, a rule or an element and does not look at. nft reads them as
/// fields of a number, a length and that many bytes; it passes over numbers that it does not know.</summary>
public sealed class NfUserData : IEquatable<NfUserData>
{
    /// <summary>The most bytes that the kernel keeps.</summary>
    public const int MaxLength = 256;

    internal const byte CommentField = 0;
    private readonly byte[] _bytes;

    /// <summary>Takes the bytes as they are.</summary>
    /// <param name="bytes">At most <see cref="MaxLength"/>.</param>
    public NfUserData(ReadOnlySpan<byte> bytes) => _bytes = bytes.ToArray();

    /// <summary>No fields.</summary>
    public static NfUserData Empty { get; } = new([]);

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The comment of a rule or an element as nft prints it, or null.</summary>
    public string? Comment =>
        Field(CommentField) is { } text ? Encoding.UTF8.GetString(text.AsSpan().TrimEnd((byte)0)) : null;

    /// <summary>Adds a comment as nft prints it.</summary>
    /// <param name="comment">At most 127 bytes, without NUL.</param>
    /// <returns>A copy with it behind.</returns>
    /// <exception cref="ArgumentException">It is empty, too long or has a NUL in it.</exception>
    public NfUserData WithComment(string comment)
    {
        if (comment.Length == 0 || comment.Contains('\0') || Encoding.UTF8.GetByteCount(comment) > 127)
        {
            throw new ArgumentException("A comment has 1 to 127 bytes and no NUL.", nameof(comment));
        }

        return With(CommentField, [.. Encoding.UTF8.GetBytes(comment), 0]);
    }

    /// <summary>Adds a field of one's own.</summary>
    /// <param name="field">Its number; nft uses the low ones.</param>
    /// <param name="value">Its bytes.</param>
    /// <returns>A copy with it behind.</returns>
    /// <exception cref="ArgumentException">All together would be longer than <see cref="MaxLength"/>.</exception>
    public NfUserData With(byte field, ReadOnlySpan<byte> value)
    {
        if (value.Length > byte.MaxValue || _bytes.Length + 2 + value.Length > MaxLength)
        {
            throw new ArgumentException($"User data has at most {MaxLength} bytes.", nameof(value));
        }

        return new NfUserData([.. _bytes, field, (byte)value.Length, .. value]);
    }

    /// <summary>Finds a field.</summary>
    /// <param name="field">Its number.</param>
    /// <returns>Its bytes; null where there is none before the bytes end or stop being fields.</returns>
    public byte[]? Field(byte field)
    {
        ReadOnlySpan<byte> rest = _bytes;
        while (rest.Length >= 2 && rest.Length - 2 >= rest[1])
        {
            if (rest[0] == field)
            {
                return rest.Slice(2, rest[1]).ToArray();
            }

            rest = rest[(2 + rest[1])..];
        }

        return null;
    }

    /// <inheritdoc/>
    public bool Equals(NfUserData? other) => other is not null && Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NfUserData);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }

    /// <summary>The bytes.</summary>
    /// <returns>In hexadecimal.</returns>
    public override string ToString() => Convert.ToHexStringLower(_bytes);
}
