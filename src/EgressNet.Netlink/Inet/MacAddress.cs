using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EgressNet.Netlink.Inet;

/// <summary>An EUI-48 link-layer address.</summary>
public readonly record struct MacAddress
{
    private readonly ulong _value;

    private MacAddress(ulong value) => _value = value;

    /// <summary>Whether the group bit is set, as in multicast and broadcast addresses: no interface can own one.</summary>
    public bool IsMulticast => (_value >> 40 & 1) != 0;

    /// <summary>Whether all bits are zero.</summary>
    public bool IsZero => _value == 0;

    /// <summary>Draws an address that no vendor has given out: unicast, locally administered (IEEE 802).</summary>
    public static MacAddress Draw()
    {
        Span<byte> bytes = stackalloc byte[6];
        Random.Shared.NextBytes(bytes);
        bytes[0] = (byte)(bytes[0] & 0xfc | 0x02);
        return FromBytes(bytes)!.Value;
    }

    /// <summary>Reads an address from its bytes.</summary>
    /// <param name="bytes">Six bytes.</param>
    /// <returns>The address, or null for another length.</returns>
    public static MacAddress? FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != 6)
        {
            return null;
        }

        ulong value = 0;
        foreach (byte part in bytes)
        {
            value = value << 8 | part;
        }

        return new MacAddress(value);
    }

    /// <summary>Reads six pairs of hexadecimal digits, all joined by colons or all by hyphens.</summary>
    /// <param name="text">Such as <c>02:00:5e:10:00:01</c>, in any case.</param>
    /// <returns>False when the text is no such address.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out MacAddress address)
    {
        address = default;
        if (text is not { Length: 17 } || text[2] is not (':' or '-'))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[6];
        for (int i = 0; i < 6; i++)
        {
            if ((i > 0 && text[i * 3 - 1] != text[2])
                || !byte.TryParse(
                    text.AsSpan(i * 3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[i]))
            {
                return false;
            }
        }

        address = FromBytes(bytes)!.Value;
        return true;
    }

    /// <summary>Writes the six bytes.</summary>
    /// <param name="destination">At least six bytes.</param>
    public void WriteBytes(Span<byte> destination)
    {
        for (int i = 0; i < 6; i++)
        {
            destination[i] = (byte)(_value >> (40 - 8 * i));
        }
    }

    /// <summary>The text that <c>ip</c> shows.</summary>
    /// <returns>Such as <c>02:00:5e:10:00:01</c>.</returns>
    public override string ToString() => string.Create(17, _value, static (text, value) =>
    {
        for (int i = 0; i < 6; i++)
        {
            ((byte)(value >> (40 - 8 * i))).TryFormat(text[(i * 3)..], out _, "x2", CultureInfo.InvariantCulture);
            if (i < 5)
            {
                text[i * 3 + 2] = ':';
            }
        }
    });
}
