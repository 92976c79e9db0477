using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.CTA_IP;
using static EgressNet.Netlink.Interop.CTA_PROTO;
using static EgressNet.Netlink.Interop.CTA_TUPLE;

namespace EgressNet.Netlink.Conntrack;

/// <summary>One direction as CTA_TUPLE_ORIG and CTA_TUPLE_REPLY carry it.</summary>
internal static class ConntrackTupleMessage
{
    public static void Write(ref NetlinkWriter writer, CTA type, ConntrackTuple tuple)
    {
        int nest = writer.BeginNest(type);
        WriteAddresses(ref writer, tuple.Source, tuple.Destination);
        int protocol = writer.BeginNest(CTA_TUPLE_PROTO);
        writer.Attribute(CTA_PROTO_NUM, tuple.Protocol);
        WriteIfAny(ref writer, CTA_PROTO_SRC_PORT, tuple.SourcePort);
        WriteIfAny(ref writer, CTA_PROTO_DST_PORT, tuple.DestinationPort);
        bool isV6 = tuple.Source.Family == AddressFamily.IPv6;
        WriteIfAny(ref writer, isV6 ? CTA_PROTO_ICMPV6_ID : CTA_PROTO_ICMP_ID, tuple.IcmpId);
        WriteIfAny(ref writer, isV6 ? CTA_PROTO_ICMPV6_TYPE : CTA_PROTO_ICMP_TYPE, tuple.IcmpType);
        WriteIfAny(ref writer, isV6 ? CTA_PROTO_ICMPV6_CODE : CTA_PROTO_ICMP_CODE, tuple.IcmpCode);
        writer.Raw(tuple.UnknownOfProtocol is null ? default : tuple.UnknownOfProtocol.Bytes);
        writer.EndNest(protocol);
        if (tuple.Zone != 0)
        {
            writer.BigEndian16(CTA_TUPLE_ZONE, tuple.Zone);
        }

        writer.Raw(tuple.Unknown is null ? default : tuple.Unknown.Bytes);
        writer.EndNest(nest);
    }

    public static void WriteAddresses(ref NetlinkWriter writer, InetAddress source, InetAddress destination)
    {
        int nest = writer.BeginNest(CTA_TUPLE_IP);
        if (!source.IsNone)
        {
            writer.Attribute(source.Family == AddressFamily.IPv6 ? CTA_IP_V6_SRC : CTA_IP_V4_SRC, source);
        }

        if (!destination.IsNone)
        {
            writer.Attribute(destination.Family == AddressFamily.IPv6 ? CTA_IP_V6_DST : CTA_IP_V4_DST, destination);
        }

        writer.EndNest(nest);
    }

    public static ConntrackTuple Read(NetlinkAttribute nest)
    {
        ConntrackTuple tuple = new();
        RawAttributesBuilder unknown = default;
        foreach (NetlinkAttribute attribute in nest.Attributes)
        {
            switch ((CTA_TUPLE)attribute.Type)
            {
                case CTA_TUPLE_IP:
                    (InetAddress source, InetAddress destination) = ReadAddresses(attribute);
                    tuple = tuple with { Source = source, Destination = destination };
                    break;
                case CTA_TUPLE_PROTO:
                    tuple = ReadProtocol(tuple, attribute);
                    break;
                case CTA_TUPLE_ZONE:
                    tuple = tuple with { Zone = attribute.U16BigEndian };
                    break;
                default:
                    unknown.Add(attribute);
                    break;
            }
        }

        return tuple with { Unknown = unknown.Build() };
    }

    /// <summary>The addresses alone, without a record.</summary>
    public static (InetAddress Source, InetAddress Destination) ReadEnds(NetlinkAttribute nest)
    {
        foreach (NetlinkAttribute attribute in nest.Attributes)
        {
            if ((CTA_TUPLE)attribute.Type == CTA_TUPLE_IP)
            {
                return ReadAddresses(attribute);
            }
        }

        return default;
    }

    private static (InetAddress Source, InetAddress Destination) ReadAddresses(NetlinkAttribute nest)
    {
        InetAddress source = default, destination = default;
        foreach (NetlinkAttribute attribute in nest.Attributes)
        {
            switch ((CTA_IP)attribute.Type)
            {
                case CTA_IP_V4_SRC or CTA_IP_V6_SRC:
                    source = InetAddress.FromBytes(attribute.Payload);
                    break;
                case CTA_IP_V4_DST or CTA_IP_V6_DST:
                    destination = InetAddress.FromBytes(attribute.Payload);
                    break;
            }
        }

        return (source, destination);
    }

    private static ConntrackTuple ReadProtocol(ConntrackTuple tuple, NetlinkAttribute nest)
    {
        RawAttributesBuilder unknown = default;
        foreach (NetlinkAttribute attribute in nest.Attributes)
        {
            switch ((CTA_PROTO)attribute.Type)
            {
                case CTA_PROTO_NUM:
                    tuple = tuple with { Protocol = attribute.U8 };
                    break;
                case CTA_PROTO_SRC_PORT:
                    tuple = tuple with { SourcePort = attribute.U16BigEndian };
                    break;
                case CTA_PROTO_DST_PORT:
                    tuple = tuple with { DestinationPort = attribute.U16BigEndian };
                    break;
                case CTA_PROTO_ICMP_ID or CTA_PROTO_ICMPV6_ID:
                    tuple = tuple with { IcmpId = attribute.U16BigEndian };
                    break;
                case CTA_PROTO_ICMP_TYPE or CTA_PROTO_ICMPV6_TYPE:
                    tuple = tuple with { IcmpType = attribute.U8 };
                    break;
                case CTA_PROTO_ICMP_CODE or CTA_PROTO_ICMPV6_CODE:
                    tuple = tuple with { IcmpCode = attribute.U8 };
                    break;
                default:
                    unknown.Add(attribute);
                    break;
            }
        }

        return tuple with { UnknownOfProtocol = unknown.Build() };
    }

    private static void WriteIfAny(ref NetlinkWriter writer, CTA_PROTO type, ushort? value)
    {
        if (value is { } number)
        {
            writer.BigEndian16(type, number);
        }
    }

    private static void WriteIfAny(ref NetlinkWriter writer, CTA_PROTO type, byte? value)
    {
        if (value is { } number)
        {
            writer.Attribute(type, number);
        }
    }
}
