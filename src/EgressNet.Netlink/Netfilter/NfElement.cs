using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Netfilter;

/// <summary>One element of a set or a map.</summary>
public sealed record NfElement
{
    /// <summary>Its key.</summary>
    public NfValue Key { get; init; }

    /// <summary>Of a range of keys of several fields, the last of each field, in a row; none for a single key.</summary>
    public NfValue KeyEnd { get; init; }

    /// <summary>Of a map from keys to values, its value.</summary>
    public NfValue Value { get; init; }

    /// <summary>Of a map from keys to verdicts, its verdict.</summary>
    public NfVerdict? Verdict { get; init; }

    /// <summary>Whether this is the first key behind a range that an element before it starts.</summary>
    public bool IsIntervalEnd { get; init; }

    /// <summary>Whether this stands for every key that is not there.</summary>
    public bool IsCatchAll { get; init; }

    /// <summary>How long it lives from when it was added; null for what the set says.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long it has yet to live; null, in one to be added, for all of <see cref="Timeout"/>.</summary>
    public TimeSpan? Expiration { get; init; }

    /// <summary>Bytes kept with it, such as a comment or an owner's tag.</summary>
    public NfUserData? UserData { get; init; }

    /// <summary>Attributes that no property models.</summary>
    public RawAttributes? Unknown { get; init; }

    /// <summary>The elements that a prefix is in a set of ranges.</summary>
    /// <param name="prefix">The prefix, host bits ignored.</param>
    /// <returns>Its first address and, unless the prefix reaches to the last, the address behind it.</returns>
    public static IReadOnlyList<NfElement> OfPrefix(InetPrefix prefix)
    {
        Span<byte> bytes = stackalloc byte[16];
        int length = prefix.Network.Address.WriteBytes(bytes);
        NfElement start = new() { Key = prefix.Network.Address };
        int bit = prefix.Length - 1;
        for (; bit >= 0; bit--)
        {
            byte mask = (byte)(0x80 >> bit % 8);
            bytes[bit / 8] ^= mask;
            if ((bytes[bit / 8] & mask) != 0)
            {
                return [start, new() { Key = InetAddress.FromBytes(bytes[..length]), IsIntervalEnd = true }];
            }
        }

        return [start];
    }

    /// <summary>The element that a pair is in a set as <see cref="NfSet.AddressPairs"/> makes.</summary>
    /// <param name="source">The source address.</param>
    /// <param name="destination">The destination prefix, host bits ignored.</param>
    /// <returns>The source with the first address, and as key end the source with the last.</returns>
    /// <exception cref="ArgumentException">They are of two families, or none.</exception>
    public static NfElement OfPair(InetAddress source, InetPrefix destination) => new()
    {
        Key = NfValue.OfPair(source, destination.Network.Address),
        KeyEnd = NfValue.OfPair(source, destination.Address.Fill(destination.Length)),
    };
}
