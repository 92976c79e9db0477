using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EgressNet.Netlink.Inet;

/// <summary>The address of an interface on its link, of any length: six bytes for Ethernet.</summary>
public readonly struct LinkLayerAddress : IEquatable<LinkLayerAddress>
{
    /// <summary>The most bytes that the kernel takes (MAX_ADDR_LEN).</summary>
    public const int MaxLength = 32;

    private readonly byte[]? _bytes;

    private LinkLayerAddress(byte[] bytes) => _bytes = bytes;

    /// <summary>Whether there is none.</summary>
    public bool IsNone => Length == 0;

    /// <summary>How many bytes it has; 0 for none.</summary>
    public int Length => _bytes?.Length ?? 0;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Makes an address of its bytes.</summary>
    /// <param name="bytes">Up to 32 bytes; of more, the first 32 are taken.</param>
    /// <returns>The address; none for no bytes.</returns>
    public static LinkLayerAddress FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.IsEmpty ? default : new LinkLayerAddress(bytes[..Math.Min(bytes.Length, MaxLength)].ToArray());

    /// <summary>Reads pairs of hexadecimal digits, all joined by colons or all by hyphens, or twelve digits in a row.</summary>
    /// <param name="text">Such as <c>02:00:5e:10:00:01</c>, in any case.</param>
    /// <param name="address">The address.</param>
    /// <returns>False when the text is no such address.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out LinkLayerAddress address)
    {
        address = default;
        int step = text is { Length: 12 } && !text.Contains(':') && !text.Contains('-') ? 2 : 3;
        if (text is null || (text.Length + step - 2) % step != 0 || (text.Length + step - 2) / step is < 2 or > MaxLength)
        {
            return false;
        }

        byte[] bytes = new byte[(text.Length + step - 2) / step];
        for (int i = 0; i < bytes.Length; i++)
        {
            if ((step == 3 && i > 0 && (text[(i * 3) - 1] != text[2] || text[2] is not (':' or '-')))
                || !byte.TryParse(
                    text.AsSpan(i * step, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[i]))
            {
                return false;
            }
        }

        address = new LinkLayerAddress(bytes);
        return true;
    }

    /// <summary>Reads what <see cref="TryParse"/> reads.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The address.</returns>
    /// <exception cref="FormatException">The text is no such address.</exception>
    public static LinkLayerAddress Parse(string text) => TryParse(text, out LinkLayerAddress address)
        ? address
        : throw new FormatException($"'{text}' is not a link-layer address such as 02:00:5e:10:00:01.");

    /// <inheritdoc/>
    public bool Equals(LinkLayerAddress other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is LinkLayerAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>Whether two are the same.</summary>
    public static bool operator ==(LinkLayerAddress left, LinkLayerAddress right) => left.Equals(right);

    /// <summary>Whether two differ.</summary>
    public static bool operator !=(LinkLayerAddress left, LinkLayerAddress right) => !left.Equals(right);

    /// <summary>The text that <c>ip</c> shows of Ethernet addresses.</summary>
    /// <returns>Such as <c>02:00:5e:10:00:01</c>; empty for none.</returns>
    public override string ToString() => string.Create(Math.Max(0, (Length * 3) - 1), _bytes, static (text, bytes) =>
    {
        for (int i = 0; i < bytes?.Length; i++)
        {
            bytes[i].TryFormat(text[(i * 3)..], out _, "x2", CultureInfo.InvariantCulture);
            if (i < bytes.Length - 1)
            {
                text[(i * 3) + 2] = ':';
            }
        }
    });
}
