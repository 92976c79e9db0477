using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Netfilter;

/// <summary>A set of keys, or a map from keys to values or verdicts.</summary>
public sealed record NfSet
{
    private readonly NfFieldLengths? _fieldLengths;

    /// <summary>The family of its table.</summary>
    public NfFamily Family { get; init; } = NfFamily.Inet;

    /// <summary>Its table.</summary>
    public required string Table { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What kind it is.</summary>
    public NfSetFlags Flags { get; init; }

    /// <summary>What its keys are.</summary>
    public NfDataType KeyType { get; init; }

    /// <summary>How many bytes a key has.</summary>
    public uint KeyLength { get; init; }

    /// <summary>Of keys of several fields in a row, how many bytes each field has; null for keys of one.</summary>
    public IReadOnlyList<uint>? FieldLengths
    {
        get => _fieldLengths;
        init => _fieldLengths = value is null ? null : new NfFieldLengths(value);
    }

    /// <summary>Of a map, what its values are.</summary>
    public NfDataType DataType { get; init; }

    /// <summary>Of a map, how many bytes a value has; 0 for verdicts.</summary>
    public uint DataLength { get; init; }

    /// <summary>How long elements live that do not say so themselves; zero for ever.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>How many elements it may hold at most; 0 for any number.</summary>
    public uint Size { get; init; }

    /// <summary>The kernel's own number for it, as read; 0 for one that is to be made.</summary>
    public ulong Handle { get; init; }

    /// <summary>What nft needs to know to print it.</summary>
    public NfUserData? UserData { get; init; }

    /// <summary>Attributes that no property models.</summary>
    public RawAttributes? Unknown { get; init; }

    /// <summary>Whether it is a map.</summary>
    public bool IsMap => Flags.HasFlag(NfSetFlags.Map);

    /// <summary>A set of addresses, or of prefixes with <see cref="NfSetFlags.Interval"/>.</summary>
    /// <param name="table">Its table.</param>
    /// <param name="name">Its name.</param>
    /// <param name="family">The family of the addresses.</param>
    /// <param name="flags">What kind it is besides.</param>
    /// <returns>The set as nft would make it.</returns>
    public static NfSet OfAddresses(NfTable table, string name, AddressFamily family, NfSetFlags flags = 0) => new()
    {
        Family = table.Family,
        Table = table.Name,
        Name = name,
        Flags = flags,
        KeyType = TypeOf(family),
        KeyLength = LengthOf(family),
        UserData = NfSetUserData.For(isMap: false, isVerdict: false),
    };

    /// <summary>A map from addresses to addresses of the same family.</summary>
    /// <param name="table">Its table.</param>
    /// <param name="name">Its name.</param>
    /// <param name="family">The family of both.</param>
    /// <param name="flags">What kind it is besides.</param>
    /// <returns>The map as nft would make it.</returns>
    public static NfSet AddressMap(NfTable table, string name, AddressFamily family, NfSetFlags flags = 0) =>
        OfAddresses(table, name, family, flags | NfSetFlags.Map) with
        {
            DataType = TypeOf(family),
            DataLength = LengthOf(family),
            UserData = NfSetUserData.For(isMap: true, isVerdict: false),
        };

    /// <summary>A map from addresses to verdicts.</summary>
    /// <param name="table">Its table.</param>
    /// <param name="name">Its name.</param>
    /// <param name="family">The family of the addresses.</param>
    /// <param name="flags">What kind it is besides.</param>
    /// <returns>The map as nft would make it.</returns>
    public static NfSet VerdictMap(NfTable table, string name, AddressFamily family, NfSetFlags flags = 0) =>
        OfAddresses(table, name, family, flags | NfSetFlags.Map) with
        {
            DataType = NfDataType.Verdict,
            UserData = NfSetUserData.For(isMap: true, isVerdict: true),
        };

    /// <summary>A set of pairs of a source address and a destination prefix, which takes Linux 5.6.</summary>
    /// <remarks>The prefixes of one source are not to overlap. One inside another is refused; one around another is
    /// taken, but the kernel then finds and deletes the first of the two that it comes to.</remarks>
    /// <param name="table">Its table.</param>
    /// <param name="name">Its name.</param>
    /// <param name="family">The family of both.</param>
    /// <param name="flags">What kind it is besides.</param>
    /// <returns>The set as nft would make it.</returns>
    public static NfSet AddressPairs(NfTable table, string name, AddressFamily family, NfSetFlags flags = 0) =>
        OfAddresses(table, name, family, flags | NfSetFlags.Interval | NfSetFlags.Concatenation) with
        {
            KeyType = family == AddressFamily.IPv4 ? NfDataType.IPv4AddressPair : NfDataType.IPv6AddressPair,
            KeyLength = 2 * LengthOf(family),
            FieldLengths = [LengthOf(family), LengthOf(family)],
            UserData = NfSetUserData.ForFields(),
        };

    /// <summary>A set of pairs of an interface's group and an address.</summary>
    /// <param name="table">Its table.</param>
    /// <param name="name">Its name.</param>
    /// <param name="family">The family of the address.</param>
    /// <returns>The set as nft would make it.</returns>
    public static NfSet GroupAddressPairs(NfTable table, string name, AddressFamily family) =>
        OfAddresses(table, name, family) with
        {
            KeyType = (NfDataType)((uint)NfDataType.InterfaceGroup << 6 | (uint)TypeOf(family)),
            KeyLength = sizeof(uint) + LengthOf(family),
            UserData = NfSetUserData.ForFields(),
        };

    private static NfDataType TypeOf(AddressFamily family) => family switch
    {
        AddressFamily.IPv4 => NfDataType.IPv4Address,
        AddressFamily.IPv6 => NfDataType.IPv6Address,
        _ => throw new ArgumentException("A set of addresses is of one family.", nameof(family)),
    };

    private static uint LengthOf(AddressFamily family) => family == AddressFamily.IPv4 ? 4u : 16u;
}
