using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EgressNet.Netlink.Inet;

/// <summary>An address with a prefix length: a network when no host bit is set, else an interface's address.</summary>
/// <param name="Length">The prefix length in bits, 0 to 32 or 0 to 128.</param>
public readonly record struct InetPrefix(InetAddress Address, byte Length) : IComparable<InetPrefix>, IComparable
{
    /// <summary>The family of the address.</summary>
    public AddressFamily Family => Address.Family;

    /// <summary>Whether this is <c>0.0.0.0/0</c> or <c>::/0</c>.</summary>
    public bool IsDefault => Length == 0 && Address.IsUnspecified;

    /// <summary>Whether this is a single address: a /32 or a /128.</summary>
    public bool IsHost => Length == Address.BitLength;

    /// <summary>Whether bits behind the prefix length are set.</summary>
    public bool HasHostBits => Network.Address != Address;

    /// <summary>The same prefix with no host bits.</summary>
    public InetPrefix Network => new(Address.Mask(Length), Length);

    /// <summary>A single address as a prefix: /32 or /128.</summary>
    /// <returns>The prefix that holds only it.</returns>
    public static InetPrefix Host(InetAddress address) => new(address, (byte)address.BitLength);

    /// <summary>The default route's destination.</summary>
    /// <param name="family">IPv4 or IPv6.</param>
    /// <returns><c>0.0.0.0/0</c> or <c>::/0</c>.</returns>
    public static InetPrefix Default(AddressFamily family) => new(InetAddress.Unspecified(family), 0);

    /// <summary>Whether an address lies in this network.</summary>
    /// <returns>False also when the families differ.</returns>
    public bool Contains(InetAddress address) =>
        address.Family == Family && address.Mask(Length) == Address.Mask(Length);

    /// <inheritdoc/>
    public bool Equals(InetPrefix other) => Address == other.Address && Length == other.Length;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Address, Length);

    /// <summary>Reads <c>address/length</c>.</summary>
    /// <param name="text">Such as <c>10.0.0.0/8</c>; the length is required.</param>
    /// <param name="prefix">The prefix, host bits kept.</param>
    /// <returns>False when the text is no prefix or the length is out of range.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out InetPrefix prefix)
    {
        prefix = default;
        int slash = text?.IndexOf('/') ?? -1;
        if (slash < 0
            || !InetAddress.TryParse(text![..slash], out InetAddress address)
            || !byte.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out byte length)
            || length > address.BitLength)
        {
            return false;
        }

        prefix = new InetPrefix(address, length);
        return true;
    }

    /// <summary>Reads <c>address/length</c>.</summary>
    /// <param name="text">Such as <c>10.0.0.0/8</c>; the length is required.</param>
    /// <returns>The prefix, host bits kept.</returns>
    /// <exception cref="FormatException">The text is no prefix.</exception>
    public static InetPrefix Parse(string text) =>
        TryParse(text, out InetPrefix prefix)
            ? prefix
            : throw new FormatException($"'{text}' is not an address with a prefix length, such as 10.0.0.0/8.");

    /// <inheritdoc/>
    public int CompareTo(InetPrefix other) => (Address, Length).CompareTo((other.Address, other.Length));

    int IComparable.CompareTo(object? obj) => obj is InetPrefix other ? CompareTo(other) : 1;

    /// <summary>The canonical text.</summary>
    /// <returns>Such as <c>10.0.0.0/8</c>, never <c>default</c>.</returns>
    public override string ToString() => $"{Address}/{Length}";
}
