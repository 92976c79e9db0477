using EgressNet.Netlink.Inet;

namespace EgressNet.Netlink.Netfilter;

/// <summary>Sets as nft would make them, with the user data that nft prints their types by.</summary>
internal sealed partial record NfSet
{
    private const byte KeyByteOrder = 0, DataByteOrder = 1, KeyTypeOf = 3, DataInterval = 6;
    private const byte ExpressionType = 0, ExpressionData = 1;
    private const uint NoOrder = 0, NetworkOrder = 2, Concatenation = 13;

    /// <summary>A set of addresses.</summary>
    public static NfSet OfAddresses(NfTable table, string name, AddressFamily family) => new()
    {
        Family = table.Family,
        Table = table.Name,
        Name = name,
        KeyType = TypeOf(family),
        KeyLength = LengthOf(family),
        UserData = Number(NfUserData.Empty, KeyByteOrder, NetworkOrder),
    };

    /// <summary>A map from addresses to addresses of the same family.</summary>
    public static NfSet AddressMap(NfTable table, string name, AddressFamily family)
    {
        NfSet keys = OfAddresses(table, name, family);
        return keys with
        {
            Flags = NfSetFlags.Map,
            DataType = keys.KeyType,
            DataLength = keys.KeyLength,
            UserData = Number(Number(keys.UserData!, DataByteOrder, NetworkOrder), DataInterval, 0),
        };
    }

    /// <summary>A set of pairs of a source address and a destination prefix (Linux 5.6).</summary>
    /// <remarks>The prefixes of one source are not to overlap. One inside another is refused; one around another
    /// is taken, but the kernel then finds and deletes the first of the two that it comes to.</remarks>
    public static NfSet AddressPairs(NfTable table, string name, AddressFamily family) =>
        Pairs(table, name, TypeOf(family), LengthOf(family), family) with
        {
            Flags = NfSetFlags.Interval | NfSetFlags.Concatenation,
            Description = NfSetDescription.OfFields(LengthOf(family), LengthOf(family)),
        };

    /// <summary>A set of pairs of an interface's group and an address.</summary>
    public static NfSet GroupAddressPairs(NfTable table, string name, AddressFamily family) =>
        Pairs(table, name, NfDataType.InterfaceGroup, sizeof(uint), family);

    // nft goes by the number of a key's type where its fields are of several byte orders.
    private static NfSet Pairs(
        NfTable table, string name, NfDataType first, uint firstLength, AddressFamily second)
    {
        NfUserData expression = Number(NfUserData.Empty, ExpressionType, Concatenation).With(ExpressionData, []);
        return OfAddresses(table, name, second) with
        {
            KeyType = (NfDataType)((uint)first << 6 | (uint)TypeOf(second)),
            KeyLength = firstLength + LengthOf(second),
            UserData = Number(NfUserData.Empty, KeyByteOrder, NoOrder).With(KeyTypeOf, expression.Bytes),
        };
    }

    private static NfUserData Number(NfUserData data, byte field, uint number) =>
        data.With(field, BitConverter.GetBytes(number));

    private static NfDataType TypeOf(AddressFamily family) => family switch
    {
        AddressFamily.IPv4 => NfDataType.IPv4Address,
        AddressFamily.IPv6 => NfDataType.IPv6Address,
        _ => throw new ArgumentException("A set of addresses is of one family.", nameof(family)),
    };

    private static byte LengthOf(AddressFamily family) => family == AddressFamily.IPv4 ? (byte)4 : (byte)16;
}
