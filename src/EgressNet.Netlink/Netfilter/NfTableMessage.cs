using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_TABLE;

namespace EgressNet.Netlink.Netfilter;

/// <summary>A table as NFT_MSG_NEWTABLE and NFT_MSG_DELTABLE carry it.</summary>
internal static class NfTableMessage
{
    // NFT_TABLE_F_DORMANT
    private const uint Dormant = 1;

    public static void Write(ref NetlinkWriter writer, NfTable table)
    {
        WriteName(ref writer, table.Family, table.Name);
        writer.BigEndian(NFTA_TABLE_FLAGS, table.IsDormant ? Dormant : 0);
        NfMessage.UserData(ref writer, NFTA_TABLE_USERDATA, table.UserData);
        NfMessage.Unknown(ref writer, table.Unknown);
    }

    public static void WriteName(ref NetlinkWriter writer, NfFamily family, string name)
    {
        NfMessage.Header(ref writer, family);
        writer.Text(NFTA_TABLE_NAME, name);
    }

    public static bool TryRead(in NetlinkMessage message, out NfTable table)
    {
        string name = "";
        uint flags = 0;
        uint use = 0;
        ulong handle = 0;
        NfUserData? userData = null;
        RawAttributesBuilder unknown = default;
        foreach (NetlinkAttribute attribute in message.Attributes<nfgenmsg>())
        {
            switch ((NFTA_TABLE)attribute.Type)
            {
                case NFTA_TABLE_NAME:
                    name = attribute.Text;
                    break;
                case NFTA_TABLE_FLAGS:
                    flags = attribute.U32BigEndian;
                    break;
                case NFTA_TABLE_USE:
                    use = attribute.U32BigEndian;
                    break;
                case NFTA_TABLE_HANDLE:
                    handle = attribute.U64BigEndian;
                    break;
                case NFTA_TABLE_USERDATA:
                    userData = new NfUserData(attribute.Payload);
                    break;
                case NFTA_TABLE_PAD:
                    break;
                default:
                    unknown.Add(attribute);
                    break;
            }
        }

        table = new NfTable
        {
            Family = NfMessage.FamilyOf(in message),
            Name = name,
            IsDormant = (flags & Dormant) != 0,
            Use = use,
            Handle = handle,
            UserData = userData,
            Unknown = unknown.Build(),
        };
        return message.Type == (ushort)NfMessageType.NewTable;
    }
}
