using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.IFLA;
using static EgressNet.Netlink.Interop.IFLA_INFO;

namespace EgressNet.Netlink.Links;

/// <summary>A link as RTM_NEWLINK and RTM_SETLINK carry it.</summary>
internal static partial class LinkMessage
{
    public static void WriteVeth(ref NetlinkWriter writer, VethEnd end, VethEnd peer, bool up)
    {
        WriteEnd(ref writer, end, up);
        int info = writer.BeginNest(IFLA_LINKINFO);
        writer.Text(IFLA_INFO_KIND, "veth");
        int data = writer.BeginNest(IFLA_INFO_DATA);
        WritePeer(ref writer, VETH_INFO.VETH_INFO_PEER, peer);
        writer.EndNest(data);
        writer.EndNest(info);
    }

    /// <summary>Writes the other end of a pair.</summary>
    public static void WritePeer<TType>(ref NetlinkWriter writer, TType type, VethEnd peer) where TType : unmanaged, Enum
    {
        int nest = writer.BeginNest(type);
        WriteEnd(ref writer, peer, up: false);
        writer.EndNest(nest);
    }

    public static void WriteNew(ref NetlinkWriter writer, NewLink link)
    {
        ifinfomsg header = new()
        {
            ifi_flags = link.Up ? LinkConstants.IFF_UP : 0,
            ifi_change = link.Up ? LinkConstants.IFF_UP : 0,
        };
        writer.Header(in header);
        writer.Text(IFLA_IFNAME, link.Name);
        WriteNumber(ref writer, IFLA_LINK, (uint?)link.Parent?.Index);
        WriteNumber(ref writer, IFLA_MTU, link.Mtu);
        WriteNumber(ref writer, IFLA_TXQLEN, link.TransmitQueueLength);
        WriteNumber(ref writer, IFLA_MASTER, (uint?)link.MasterIndex);
        WriteNumber(ref writer, IFLA_GROUP, link.Group);
        if (link.MacAddress is { } mac)
        {
            writer.Attribute(IFLA_ADDRESS, mac);
        }

        int info = writer.BeginNest(IFLA_LINKINFO);
        writer.Text(IFLA_INFO_KIND, link.Kind.Name);
        int data = writer.BeginNest(IFLA_INFO_DATA);
        link.Kind.WriteOptions(ref writer);
        writer.EndNest(data);
        writer.EndNest(info);
    }

    public static void WriteChange(ref NetlinkWriter writer, int index, LinkChange change)
    {
        ifinfomsg header = new()
        {
            ifi_index = index,
            ifi_flags = (change.Up == true ? LinkConstants.IFF_UP : 0) | (change.Arp == false ? LinkConstants.IFF_NOARP : 0),
            ifi_change = (change.Up is null ? 0 : LinkConstants.IFF_UP) | (change.Arp is null ? 0 : LinkConstants.IFF_NOARP),
        };
        writer.Header(in header);
        if (change.Name is { } name)
        {
            writer.Text(IFLA_IFNAME, name);
        }

        WriteNumber(ref writer, IFLA_MTU, change.Mtu);
        WriteNumber(ref writer, IFLA_TXQLEN, change.TransmitQueueLength);
        WriteNumber(ref writer, IFLA_MASTER, (uint?)change.MasterIndex);
        WriteNumber(ref writer, IFLA_GROUP, change.Group);
        if (change.MacAddress is { } mac)
        {
            writer.Attribute(IFLA_ADDRESS, mac);
        }

        if (change.Alias is { } alias)
        {
            writer.UnterminatedText(IFLA_IFALIAS, alias);
        }

        if (change.Namespace is { } target)
        {
            writer.Attribute(IFLA_NET_NS_FD, (int)target.DangerousGetHandle());
        }
    }

    private static void WriteEnd(ref NetlinkWriter writer, VethEnd end, bool up)
    {
        ifinfomsg header = new()
        {
            ifi_index = end.Index ?? 0,
            ifi_flags = up ? LinkConstants.IFF_UP : 0,
            ifi_change = up ? LinkConstants.IFF_UP : 0,
        };
        writer.Header(in header);
        writer.Text(IFLA_IFNAME, end.Name);
        WriteNumber(ref writer, IFLA_MTU, end.Mtu);
        WriteNumber(ref writer, IFLA_TXQLEN, end.TransmitQueueLength);
        WriteNumber(ref writer, IFLA_NUM_TX_QUEUES, end.QueueCount);
        WriteNumber(ref writer, IFLA_NUM_RX_QUEUES, end.QueueCount);
        WriteNumber(ref writer, IFLA_GROUP, end.Group);
        if (end.MacAddress is { } mac)
        {
            writer.Attribute(IFLA_ADDRESS, mac);
        }

        if (end.Namespace is { } target)
        {
            writer.Attribute(IFLA_NET_NS_FD, (int)target.DangerousGetHandle());
        }
    }

    private static void WriteNumber(ref NetlinkWriter writer, IFLA type, uint? value)
    {
        if (value is { } number)
        {
            writer.Attribute(type, number);
        }
    }
}
