using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_SET;

namespace EgressNet.Netlink.Netfilter;

/// <summary>A set or map as NFT_MSG_NEWSET and NFT_MSG_DELSET carry it.</summary>
internal static partial class NfSetMessage
{
    /// <remarks>The kernel demands a number of the transaction's own for a set.</remarks>
    public static void Write(ref NetlinkWriter writer, NfSet set, uint id)
    {
        WriteName(ref writer, set.Family, set.Table, set.Name);
        writer.BigEndian(NFTA_SET_FLAGS, (uint)set.Flags);
        writer.BigEndian(NFTA_SET_KEY_TYPE, (uint)set.KeyType);
        writer.BigEndian(NFTA_SET_KEY_LEN, set.KeyLength);
        if (set.IsMap)
        {
            writer.BigEndian(NFTA_SET_DATA_TYPE, (uint)set.DataType);
            writer.BigEndian(NFTA_SET_DATA_LEN, set.DataLength);
        }

        writer.BigEndian(NFTA_SET_ID, id);
        WriteDescription(ref writer, set);

        if (set.Timeout != TimeSpan.Zero)
        {
            NfMessage.Time(ref writer, NFTA_SET_TIMEOUT, set.Timeout);
        }

        NfMessage.UserData(ref writer, NFTA_SET_USERDATA, set.UserData);
        NfMessage.Unknown(ref writer, set.Unknown);
    }

    public static void WriteName(ref NetlinkWriter writer, NfFamily family, string table, string name)
    {
        NfMessage.Header(ref writer, family);
        writer.Text(NFTA_SET_TABLE, table);
        writer.Text(NFTA_SET_NAME, name);
    }

    public static bool TryRead(in NetlinkMessage message, out NfSet set)
    {
        set = new NfSet { Family = NfMessage.FamilyOf(in message), Table = "", Name = "" };
        RawAttributesBuilder unknown = default;
        foreach (NetlinkAttribute attribute in message.Attributes<nfgenmsg>())
        {
            switch ((NFTA_SET)attribute.Type)
            {
                case NFTA_SET_TABLE:
                    set = set with { Table = attribute.Text };
                    break;
                case NFTA_SET_NAME:
                    set = set with { Name = attribute.Text };
                    break;
                case NFTA_SET_HANDLE:
                    set = set with { Handle = attribute.U64BigEndian };
                    break;
                case NFTA_SET_FLAGS:
                    set = set with { Flags = (NfSetFlags)attribute.U32BigEndian };
                    break;
                case NFTA_SET_KEY_TYPE:
                    set = set with { KeyType = (NfDataType)attribute.U32BigEndian };
                    break;
                case NFTA_SET_KEY_LEN:
                    set = set with { KeyLength = attribute.U32BigEndian };
                    break;
                case NFTA_SET_DATA_TYPE:
                    set = set with { DataType = (NfDataType)attribute.U32BigEndian };
                    break;
                case NFTA_SET_DATA_LEN:
                    set = set with { DataLength = attribute.U32BigEndian };
                    break;
                case NFTA_SET_TIMEOUT:
                    set = set with { Timeout = NfMessage.Time(attribute) };
                    break;
                case NFTA_SET_DESC when TryReadDescription(attribute, ref set):
                    break;
                case NFTA_SET_USERDATA:
                    set = set with { UserData = new NfUserData(attribute.Payload) };
                    break;
                case NFTA_SET_PAD or NFTA_SET_ID or NFTA_SET_TYPE or NFTA_SET_COUNT:
                    break;
                default:
                    unknown.Add(attribute);
                    break;
            }
        }

        // Of verdicts the kernel tells its own size, which is none of theirs.
        uint length = set.DataType == NfDataType.Verdict ? 0 : set.DataLength;
        set = set with { DataLength = length, Unknown = unknown.Build() };
        return message.Type == (ushort)NfMessageType.NewSet;
    }
}
