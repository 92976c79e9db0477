using System.Text;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.IFLA;
using static EgressNet.Netlink.Interop.IFLA_INFO;

namespace EgressNet.Netlink.Links;

/// <summary>A link as RTM_NEWLINK carries it: where the kernel's words and ours meet.</summary>
internal static partial class LinkMessage
{
    public static Link Read(in NetlinkMessage message)
    {
        ifinfomsg header = message.Header<ifinfomsg>();
        ReadOnlySpan<byte> name = default;
        OperationalState state = default;
        MacAddress? mac = null;
        string? alias = null;
        string? kind = null;
        string? portKind = null;
        byte[] kindData = [];
        List<string>? alternativeNames = null;
        RawAttributesBuilder unknown = default;
        bool carrier = false;
        uint mtu = 0;
        uint queue = 0;
        uint group = 0;
        int master = 0;
        int peer = 0;
        int? peerNamespace = null;
        foreach (NetlinkAttribute attribute in message.Attributes<ifinfomsg>())
        {
            switch ((IFLA)attribute.Type)
            {
                case IFLA_IFNAME:
                    name = attribute.TextBytes;
                    break;
                case IFLA_ADDRESS when attribute.Payload.Length == 6:
                    mac = MacAddress.FromBytes(attribute.Payload);
                    break;
                case IFLA_MTU:
                    mtu = attribute.U32;
                    break;
                case IFLA_TXQLEN:
                    queue = attribute.U32;
                    break;
                case IFLA_OPERSTATE:
                    state = (OperationalState)attribute.U8;
                    break;
                case IFLA_CARRIER:
                    carrier = attribute.U8 != 0;
                    break;
                case IFLA_MASTER:
                    master = attribute.S32;
                    break;
                case IFLA_LINK:
                    peer = attribute.S32;
                    break;
                case IFLA_LINK_NETNSID:
                    peerNamespace = attribute.S32;
                    break;
                case IFLA_IFALIAS:
                    alias = attribute.Text;
                    break;
                case IFLA_GROUP:
                    group = attribute.U32;
                    break;
                case IFLA_LINKINFO:
                    (kind, kindData, portKind) = ReadInfo(attribute);
                    break;
                case IFLA_PROP_LIST:
                    alternativeNames = ReadAlternativeNames(attribute);
                    break;
                case IFLA_STATS or IFLA_STATS64 or IFLA_PAD:
                    break;
                default:
                    unknown.Add(attribute);
                    break;
            }
        }

        return new Link
        {
            Index = header.ifi_index,
            Name = Encoding.UTF8.GetString(name),
            RawName = name.ToArray(),
            AlternativeNames = alternativeNames ?? [],
            Kind = kind,
            KindData = kindData,
            PortKind = portKind,
            HardwareType = header.ifi_type,
            Flags = (LinkFlags)header.ifi_flags,
            OperationalState = state,
            HasCarrier = carrier,
            Mtu = mtu,
            TransmitQueueLength = queue,
            MacAddress = mac,
            MasterIndex = master,
            PeerIndex = peer == header.ifi_index && peerNamespace is null ? 0 : peer,
            PeerNamespaceId = peerNamespace,
            Alias = alias,
            Group = group,
            Unknown = unknown.Build(),
        };
    }

    private static (string? Kind, byte[] Data, string? PortKind) ReadInfo(NetlinkAttribute info)
    {
        string? kind = null;
        string? portKind = null;
        byte[] data = [];
        foreach (NetlinkAttribute attribute in info.Attributes)
        {
            switch ((IFLA_INFO)attribute.Type)
            {
                case IFLA_INFO_KIND:
                    kind = attribute.Text;
                    break;
                case IFLA_INFO_DATA:
                    data = attribute.Payload.ToArray();
                    break;
                case IFLA_INFO_SLAVE_KIND:
                    portKind = attribute.Text;
                    break;
            }
        }

        return (kind, data, portKind);
    }

    private static List<string> ReadAlternativeNames(NetlinkAttribute properties)
    {
        List<string> names = [];
        foreach (NetlinkAttribute attribute in properties.Attributes)
        {
            if (attribute.Type == (ushort)IFLA_ALT_IFNAME)
            {
                names.Add(attribute.Text);
            }
        }

        return names;
    }
}
