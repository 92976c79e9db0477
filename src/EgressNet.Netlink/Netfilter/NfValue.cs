using EgressNet.Netlink.Inet;

namespace EgressNet.Netlink.Netfilter;

/// <summary>The bytes that a key, a value or a comparison is made of. Addresses are held in place.</summary>
internal readonly struct NfValue : IEquatable<NfValue>
{
    private const int InterfaceNameLength = 16;

    private readonly InetAddress _address;
    private readonly byte[]? _bytes;

    private NfValue(InetAddress address, byte[]? bytes)
    {
        _address = address;
        _bytes = bytes;
    }

    public int Length => _bytes?.Length ?? _address.BitLength / 8;

    public bool IsNone => Length == 0;

    /// <summary>The bytes as an address; none when they are neither 4 nor 16.</summary>
    public InetAddress Address => _address;

    /// <summary>Creates a value from bytes in the order in which the kernel compares them.</summary>
    public static NfValue FromBytes(ReadOnlySpan<byte> bytes) =>
        InetAddress.FromBytes(bytes) is { IsNone: false } address
            ? new NfValue(address, null)
            : new NfValue(default, bytes.IsEmpty ? null : bytes.ToArray());

    /// <summary>A number in the byte order of this machine, as marks, indexes and address types are compared.</summary>
    public static NfValue FromHostNumber(uint number) => FromBytes(BitConverter.GetBytes(number));

    /// <summary>An interface's name as a packet's <c>iifname</c> or <c>oifname</c> is compared: 16 bytes.</summary>
    /// <exception cref="ArgumentException">It is empty or too long.</exception>
    public static NfValue FromInterfaceName(string name)
    {
        Span<byte> bytes = stackalloc byte[InterfaceNameLength];
        if (name.Length == 0 || !System.Text.Encoding.UTF8.TryGetBytes(name, bytes[..15], out _))
        {
            throw new ArgumentException($"'{name}' is no interface name: 1 to 15 bytes.", nameof(name));
        }

        return FromBytes(bytes);
    }

    /// <summary>Two addresses in a row, as a set of pairs has them for a key.</summary>
    /// <exception cref="ArgumentException">They are of two families, or none.</exception>
    public static NfValue OfPair(InetAddress source, InetAddress destination)
    {
        if (source.IsNone || source.Family != destination.Family)
        {
            throw new ArgumentException(
                $"'{source}' and '{destination}' are no pair of one family.", nameof(destination));
        }

        Span<byte> bytes = stackalloc byte[32];
        int length = source.WriteBytes(bytes);
        return FromBytes(bytes[..(length + destination.WriteBytes(bytes[length..]))]);
    }

    /// <summary>An interface's group and an address in a row, as <see cref="NfSet.GroupAddressPairs"/> has them
    /// for a key. </summary>
    public static NfValue OfPair(uint group, InetAddress address) =>
        FromBytes([.. FromHostNumber(group).ToArray(), .. ((NfValue)address).ToArray()]);

    public static implicit operator NfValue(InetAddress address) => new(address, null);

    public byte[] ToArray()
    {
        byte[] bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    public void CopyTo(Span<byte> destination)
    {
        if (_bytes is not null)
        {
            _bytes.CopyTo(destination);
            return;
        }

        Span<byte> bytes = stackalloc byte[16];
        bytes[.._address.WriteBytes(bytes)].CopyTo(destination);
    }

    public bool Equals(NfValue other) =>
        _address == other._address && _bytes.AsSpan().SequenceEqual(other._bytes);

    public override bool Equals(object? obj) => obj is NfValue other && Equals(other);

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(_address);
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }

    /// <summary>The address, or the bytes in hexadecimal.</summary>
    public override string ToString() =>
        _bytes is null ? _address.ToString() : $"0x{Convert.ToHexStringLower(_bytes)}";

    public static bool operator ==(NfValue left, NfValue right) => left.Equals(right);

    public static bool operator !=(NfValue left, NfValue right) => !left.Equals(right);
}
