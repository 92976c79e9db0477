using System.Runtime.InteropServices;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.RTA;

namespace EgressNet.Netlink.Routes;

/// <summary>Gateways, and RTA_MULTIPATH: packed rtnexthop records, each followed by attributes of its own.</summary>
internal static class NextHopMessage
{
    public static void Write(ref NetlinkWriter writer, IReadOnlyList<NextHop> hops, AddressFamily family)
    {
        int nest = writer.BeginNest(RTA_MULTIPATH);
        for (int i = 0; i < hops.Count; i++)
        {
            NextHop hop = hops[i];
            rtnexthop header = new()
            {
                rtnh_flags = (byte)((uint)hop.Flags & RouteConstants.RTNH_F_ONLINK),
                rtnh_hops = (byte)(hop.Weight - 1),
                rtnh_ifindex = hop.InterfaceIndex,
            };
            int record = writer.BeginRecord(in header);
            WriteGateway(ref writer, hop.Gateway, family);
            writer.Raw(hop.Unknown is null ? default : hop.Unknown.Bytes);
            writer.EndRecord(record);
        }

        writer.EndNest(nest);
    }

    public static void WriteGateway(ref NetlinkWriter writer, InetAddress gateway, AddressFamily family)
    {
        if (gateway.Family == family)
        {
            writer.Attribute(RTA_GATEWAY, gateway);
        }
        else if (!gateway.IsNone)
        {
            Span<byte> via = stackalloc byte[sizeof(ushort) + 16];
            MemoryMarshal.Write(via, (ushort)gateway.Family);
            int length = gateway.WriteBytes(via[sizeof(ushort)..]);
            writer.Attribute(RTA_VIA, via[..(sizeof(ushort) + length)]);
        }
    }

    public static InetAddress ReadVia(NetlinkAttribute attribute) =>
        attribute.Payload.Length <= sizeof(ushort)
            ? default
            : InetAddress.FromBytes(attribute.Payload[sizeof(ushort)..]);

    public static List<NextHop> Read(ReadOnlySpan<byte> payload)
    {
        List<NextHop> hops = [];
        foreach (PackedRecord record in new PackedRecordReader(payload))
        {
            hops.Add(ReadOne(record));
        }

        return hops;
    }

    private static NextHop ReadOne(PackedRecord record)
    {
        rtnexthop header = record.Header<rtnexthop>();
        InetAddress gateway = default;
        RawAttributesBuilder unknown = default;
        foreach (NetlinkAttribute attribute in record.Attributes<rtnexthop>())
        {
            switch ((RTA)attribute.Type)
            {
                case RTA_GATEWAY:
                    gateway = InetAddress.FromBytes(attribute.Payload);
                    break;
                case RTA_VIA:
                    gateway = ReadVia(attribute);
                    break;
                default:
                    unknown.Add(attribute);
                    break;
            }
        }

        return new NextHop
        {
            Gateway = gateway,
            InterfaceIndex = header.rtnh_ifindex,
            Weight = header.rtnh_hops + 1,
            Flags = (RouteFlags)header.rtnh_flags,
            Unknown = unknown.Build(),
        };
    }
}
