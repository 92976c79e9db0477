using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace EgressNet.Netlink.Inet;

// Read here, since the runtime compiles the parser of IPAddress anew in each process.
public readonly partial struct InetAddress
{
    /// <summary>Reads an address from text.</summary>
    /// <param name="text">Such as <c>169.254.172.1</c> or <c>fd00::1</c>.</param>
    /// <returns>False when the text is no address.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out InetAddress address)
    {
        address = default;
        Span<byte> bytes = stackalloc byte[16];
        if (text is null || !(text.Contains(':') ? TryReadIPv6(text, bytes) : TryReadIPv4(text, bytes = bytes[..4])))
        {
            return false;
        }

        address = FromBytes(bytes);
        return true;
    }

    /// <summary>Reads an address from text.</summary>
    /// <param name="text">Such as <c>169.254.172.1</c> or <c>fd00::1</c>.</param>
    /// <exception cref="FormatException">The text is no address.</exception>
    public static InetAddress Parse(string text) =>
        TryParse(text, out InetAddress address)
            ? address
            : throw new FormatException($"'{text}' is not an IPv4 or IPv6 address.");

    /// <summary>The canonical text, empty for none.</summary>
    /// <returns>Such as <c>169.254.172.1</c>.</returns>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        return WriteBytes(bytes) switch
        {
            4 => string.Create(CultureInfo.InvariantCulture, $"{bytes[0]}.{bytes[1]}.{bytes[2]}.{bytes[3]}"),
            16 => IPv6Text(bytes),
            _ => "",
        };
    }

    // By itself: what it takes is loaded with the method.
    private static string IPv6Text(ReadOnlySpan<byte> bytes) => new IPAddress(bytes).ToString();

    private static bool TryReadIPv4(string text, Span<byte> bytes)
    {
        string[] parts = text.Split('.');
        if (parts.Length != 4)
        {
            return false;
        }

        for (int i = 0; i < 4; i++)
        {
            if (parts[i] is not ([_] or [not '0', _, ..]) || !parts[i].All(char.IsAsciiDigit)
                || !byte.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out bytes[i]))
            {
                return false;
            }
        }

        return true;
    }

    // RFC 4291, section 2.2: two colons stand for one group of zeros or more, and the last 32 bits may be IPv4.
    private static bool TryReadIPv6(string text, Span<byte> bytes)
    {
        int last = text.LastIndexOf(':') + 1;
        if (text.IndexOf('.') > last)
        {
            Span<byte> end = stackalloc byte[4];
            if (!TryReadIPv4(text[last..], end))
            {
                return false;
            }

            text = $"{text[..last]}{end[0]:x2}{end[1]:x2}:{end[2]:x2}{end[3]:x2}";
        }

        string[] halves = text.Split("::");
        Span<byte> tail = stackalloc byte[16];
        int behind = 0;
        if (halves.Length > 2 || !TryReadGroups(halves[0], bytes, out int before)
            || (halves.Length == 2 && !TryReadGroups(halves[1], tail, out behind)))
        {
            return false;
        }

        tail[..behind].CopyTo(bytes[^behind..]);
        return halves.Length == 2 ? before + behind <= 14 : before == 16;
    }

    private static bool TryReadGroups(string text, Span<byte> bytes, out int length)
    {
        length = 0;
        foreach (string group in text.Length == 0 ? [] : text.Split(':'))
        {
            if (group is not { Length: >= 1 and <= 4 } || length == bytes.Length || !group.All(char.IsAsciiHexDigit))
            {
                return false;
            }

            int value = Convert.ToInt32(group, 16);
            bytes[length++] = (byte)(value >> 8);
            bytes[length++] = (byte)value;
        }

        return true;
    }
}
