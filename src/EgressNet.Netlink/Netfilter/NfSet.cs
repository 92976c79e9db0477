using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_SET;

namespace EgressNet.Netlink.Netfilter;

/// <summary>Flags of a set; other bits are kept as read.</summary>
[Flags]
internal enum NfSetFlags : uint
{
    None = 0,

    /// <summary>Written inside a rule and gone with it.</summary>
    Anonymous = NFT_SET.NFT_SET_ANONYMOUS,

    /// <summary>Holds ranges, each as a start and an end element, or with <see cref="Concatenation"/> as one
    /// element of a key and a key end.</summary>
    Interval = NFT_SET.NFT_SET_INTERVAL,

    /// <summary>A map: each element leads to a value or a verdict.</summary>
    Map = NFT_SET.NFT_SET_MAP,

    /// <summary>Keys are several fields in a row.</summary>
    Concatenation = NFT_SET.NFT_SET_CONCAT,
}

/// <summary>The data type of a key or value. The kernel knows only verdicts; other numbers are nft's own and are kept as
/// read. A concatenation has six bits for each field, the last one lowest.</summary>
internal enum NfDataType : uint
{
    None = 0,
    IPv4Address = 7,
    IPv6Address = 8,
    InterfaceGroup = 35,
    Verdict = NFT_DATA.NFT_DATA_VERDICT,
}

/// <summary>A set of keys, or a map from keys to values or verdicts.</summary>
internal sealed partial record NfSet
{
    public NfFamily Family { get; init; } = NfFamily.Inet;

    public required string Table { get; init; }

    public required string Name { get; init; }

    public NfSetFlags Flags { get; init; }

    public NfDataType KeyType { get; init; }

    /// <summary>How many bytes a key has.</summary>
    public uint KeyLength { get; init; }

    /// <summary>How many elements it may hold at most, 0 for any number, and of keys of several fields in a row
    /// how many bytes each field has.</summary>
    public NfSetDescription Description { get; init; }

    /// <summary>The data type of a map's values.</summary>
    public NfDataType DataType { get; init; }

    /// <summary>Of a map, how many bytes a value has; 0 for verdicts.</summary>
    public uint DataLength { get; init; }

    /// <summary>How long in milliseconds elements live that do not say so themselves; 0 for ever.</summary>
    public ulong Timeout { get; init; }

    /// <summary>User data with which nft prints the set.</summary>
    public NfUserData? UserData { get; init; }

    public bool IsMap => Flags.HasFlag(NfSetFlags.Map);

    public static bool TryRead(in NetlinkMessage message, out NfSet set)
    {
        NfAttributes attributes = new(message.Attributes<nfgenmsg>());
        NfDataType dataType = (NfDataType)(attributes.U32(NFTA_SET_DATA_TYPE) ?? 0);
        set = new NfSet
        {
            Family = (NfFamily)message.Header<nfgenmsg>().nfgen_family,
            Table = attributes.Text(NFTA_SET_TABLE) ?? "",
            Name = attributes.Text(NFTA_SET_NAME) ?? "",
            Flags = (NfSetFlags)(attributes.U32(NFTA_SET_FLAGS) ?? 0),
            KeyType = (NfDataType)(attributes.U32(NFTA_SET_KEY_TYPE) ?? 0),
            KeyLength = attributes.U32(NFTA_SET_KEY_LEN) ?? 0,
            Description = NfSetDescription.Read(attributes.Nest(NFTA_SET_DESC)),
            DataType = dataType,

            // Of verdicts the kernel tells its own size, which is none of theirs.
            DataLength = dataType == NfDataType.Verdict ? 0 : attributes.U32(NFTA_SET_DATA_LEN) ?? 0,
            Timeout = attributes.U64(NFTA_SET_TIMEOUT) ?? 0,
            UserData = attributes.UserData(NFTA_SET_USERDATA),
        };
        return message.Type == (ushort)NfMessageType.NewSet;
    }

    /// <remarks>The kernel demands a number of the transaction's own for a set.</remarks>
    public void Write(ref NetlinkWriter writer, uint id)
    {
        WriteName(ref writer);
        writer.BigEndian(NFTA_SET_FLAGS, (uint)Flags);
        writer.BigEndian(NFTA_SET_KEY_TYPE, (uint)KeyType);
        writer.BigEndian(NFTA_SET_KEY_LEN, KeyLength);
        if (IsMap)
        {
            writer.BigEndian(NFTA_SET_DATA_TYPE, (uint)DataType);
            writer.BigEndian(NFTA_SET_DATA_LEN, DataLength);
        }

        writer.BigEndian(NFTA_SET_ID, id);
        Description.Write(ref writer);
        writer.UserData(NFTA_SET_USERDATA, UserData);
    }

    public void WriteName(ref NetlinkWriter writer)
    {
        writer.NfHeader(Family);
        writer.Text(NFTA_SET_TABLE, Table);
        writer.Text(NFTA_SET_NAME, Name);
    }
}
