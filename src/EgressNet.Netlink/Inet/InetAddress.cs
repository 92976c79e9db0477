using System.Buffers.Binary;

namespace EgressNet.Netlink.Inet;

/// <summary>An IPv4 or IPv6 address held in place, or none (<c>default</c>).</summary>
/// <remarks>Text is what RFC 5952 writes. On reading, IPv4 is four decimal parts without leading zeros, and IPv6
/// carries no zone: Linux keeps the interface apart from the address.</remarks>
public readonly partial struct InetAddress : IEquatable<InetAddress>, IComparable<InetAddress>, IComparable
{
    private readonly ulong _high;
    private readonly ulong _low;

    private InetAddress(AddressFamily family, ulong high, ulong low)
    {
        Family = family;
        _high = high;
        _low = low;
    }

    /// <summary>The family, <see cref="AddressFamily.Unspecified"/> when there is no address.</summary>
    public AddressFamily Family { get; }

    /// <summary>Whether there is no address.</summary>
    public bool IsNone => Family == AddressFamily.Unspecified;

    /// <summary>The address's length in bits: 32, 128, or 0 for none.</summary>
    public int BitLength => Family switch { AddressFamily.IPv4 => 32, AddressFamily.IPv6 => 128, _ => 0 };

    /// <summary>Whether this is <c>0.0.0.0</c> or <c>::</c>.</summary>
    public bool IsUnspecified => !IsNone && (_high | _low) == 0;

    /// <summary>Whether this is a multicast address: 224.0.0.0/4 (RFC 5771) or ff00::/8 (RFC 4291).</summary>
    public bool IsMulticast => Family switch
    {
        AddressFamily.IPv4 => _low >> 28 == 0xe,
        AddressFamily.IPv6 => _high >> 56 == 0xff,
        _ => false,
    };

    /// <summary>Whether this is a link-local address: 169.254.0.0/16 (RFC 3927) or fe80::/10 (RFC 4291).</summary>
    public bool IsLinkLocal => Family switch
    {
        AddressFamily.IPv4 => _low >> 16 == 0xa9fe,
        AddressFamily.IPv6 => _high >> 54 == 0x3fa,
        _ => false,
    };

    /// <summary>Whether this is a loopback address: 127.0.0.0/8 (RFC 1122) or ::1 (RFC 4291).</summary>
    public bool IsLoopback => Family switch
    {
        AddressFamily.IPv4 => _low >> 24 == 127,
        AddressFamily.IPv6 => _high == 0 && _low == 1,
        _ => false,
    };

    /// <summary>Whether its host part has the form of one made from a MAC address (RFC 4291, appendix A).</summary>
    internal bool IsOfLinkLayer => Family == AddressFamily.IPv6 && (_low >> 24 & 0xffff) == 0xfffe;

    /// <summary>The unspecified address of a family.</summary>
    /// <param name="family">IPv4 or IPv6.</param>
    /// <returns><c>0.0.0.0</c> or <c>::</c>.</returns>
    public static InetAddress Unspecified(AddressFamily family) => new(family, 0, 0);

    /// <summary>Reads an address from 4 or 16 bytes in network order.</summary>
    /// <returns>The address, or none for any other length.</returns>
    public static InetAddress FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        4 => new(AddressFamily.IPv4, 0, BinaryPrimitives.ReadUInt32BigEndian(bytes)),
        16 => new(
            AddressFamily.IPv6,
            BinaryPrimitives.ReadUInt64BigEndian(bytes),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..])),
        _ => default,
    };

    /// <summary>Writes the address in network order.</summary>
    /// <param name="destination">At least 16 bytes.</param>
    /// <returns>How many bytes were written: 4, 16, or 0 for none.</returns>
    public int WriteBytes(Span<byte> destination)
    {
        switch (Family)
        {
            case AddressFamily.IPv4:
                BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)_low);
                return 4;
            case AddressFamily.IPv6:
                BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
                BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _low);
                return 16;
            default:
                return 0;
        }
    }

    /// <summary>The address with all bits behind a prefix cleared.</summary>
    /// <param name="length">The prefix length in bits, 0 to <see cref="BitLength"/>.</param>
    /// <returns>The network's address.</returns>
    public InetAddress Mask(int length)
    {
        int host = BitLength - length;
        return new InetAddress(Family, _high & ~LastBits(host - 64), _low & ~LastBits(host));
    }

    /// <summary>The address with all bits behind a prefix set.</summary>
    /// <param name="length">The prefix length in bits, 0 to <see cref="BitLength"/>.</param>
    /// <returns>The network's last address.</returns>
    public InetAddress Fill(int length)
    {
        int host = BitLength - length;
        return new InetAddress(Family, _high | LastBits(host - 64), _low | LastBits(host));
    }

    /// <inheritdoc/>
    public bool Equals(InetAddress other) => Family == other.Family && _high == other._high && _low == other._low;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is InetAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Family, _high, _low);

    /// <inheritdoc/>
    public int CompareTo(InetAddress other) =>
        (Family, new UInt128(_high, _low)).CompareTo((other.Family, new UInt128(other._high, other._low)));

    int IComparable.CompareTo(object? obj) => obj is InetAddress other ? CompareTo(other) : 1;

    /// <summary>Whether two addresses are the same.</summary>
    public static bool operator ==(InetAddress left, InetAddress right) => left.Equals(right);

    /// <summary>Whether two addresses differ.</summary>
    public static bool operator !=(InetAddress left, InetAddress right) => !left.Equals(right);

    private static ulong LastBits(int count) => count switch
    {
        <= 0 => 0,
        >= 64 => ulong.MaxValue,
        _ => (1UL << count) - 1,
    };
}
