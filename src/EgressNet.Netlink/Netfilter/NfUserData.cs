using System.Text;

namespace EgressNet.Netlink.Netfilter;

/// <summary>Bytes that the kernel keeps with a set, a rule or an element and does not look at. nft reads them as
/// fields of a number, a length and that many bytes; it passes over numbers that it does not know.</summary>
internal sealed class NfUserData : IEquatable<NfUserData>
{
    /// <summary>The most bytes that the kernel keeps.</summary>
    public const int MaxLength = 256;

    private const byte CommentField = 0;
    private readonly byte[] _bytes;

    public NfUserData(ReadOnlySpan<byte> bytes) => _bytes = bytes.ToArray();

    public static NfUserData Empty { get; } = new([]);

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The comment of a rule or an element as nft prints it, or null.</summary>
    public string? Comment =>
        Field(CommentField) is { } text ? Encoding.UTF8.GetString(text.AsSpan().TrimEnd((byte)0)) : null;

    /// <summary>A copy with a comment behind, as nft prints it.</summary>
    /// <exception cref="ArgumentException">It is empty, too long or has a NUL in it.</exception>
    public NfUserData WithComment(string comment)
    {
        if (comment.Length == 0 || comment.Contains('\0') || Encoding.UTF8.GetByteCount(comment) > 127)
        {
            throw new ArgumentException("A comment has 1 to 127 bytes and no NUL.", nameof(comment));
        }

        return With(CommentField, [.. Encoding.UTF8.GetBytes(comment), 0]);
    }

    /// <summary>A copy with a field of one's own behind; nft uses the low numbers.</summary>
    /// <exception cref="ArgumentException">All together would be longer than <see cref="MaxLength"/>.</exception>
    public NfUserData With(byte field, ReadOnlySpan<byte> value)
    {
        if (value.Length > byte.MaxValue || _bytes.Length + 2 + value.Length > MaxLength)
        {
            throw new ArgumentException($"User data has at most {MaxLength} bytes.", nameof(value));
        }

        return new NfUserData([.. _bytes, field, (byte)value.Length, .. value]);
    }

    /// <summary>The bytes of a field.</summary>
    /// <returns>Null where there is none before the bytes end or stop being fields.</returns>
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

    public bool Equals(NfUserData? other) => other is not null && Bytes.SequenceEqual(other.Bytes);

    public override bool Equals(object? obj) => Equals(obj as NfUserData);

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }

    public override string ToString() => Convert.ToHexStringLower(_bytes);
}
