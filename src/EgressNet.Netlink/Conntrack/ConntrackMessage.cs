using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.CTA;
using static EgressNet.Netlink.Interop.CTA_FILTER;
using static EgressNet.Netlink.Interop.CTA_FILTER_F;

namespace EgressNet.Netlink.Conntrack;

/// <summary>Encoding and decoding of IPCTNL_MSG_CT_NEW, IPCTNL_MSG_CT_DELETE and IPCTNL_MSG_CT_GET.</summary>
internal static class ConntrackMessage
{
    /// <summary>Writes the key of an entry. Without a tuple the kernel would delete all entries.</summary>
    public static void WriteKey(ref NetlinkWriter writer, ConntrackEntry entry)
    {
        writer.NfHeader(FamilyOf(entry.Original.Source.Family));
        ConntrackTupleMessage.Write(ref writer, CTA_TUPLE_ORIG, entry.Original);
        if (entry.Zone != 0)
        {
            writer.BigEndian16(CTA_ZONE, entry.Zone);
        }

        if (entry.Id is { } id)
        {
            writer.BigEndian(CTA_ID, id);
        }
    }

    public static void WriteFilter(ref NetlinkWriter writer, ConntrackFilter filter)
    {
        writer.NfHeader(FamilyOf(filter.Families.FirstOrDefault()));
        CTA_FILTER_F original = WriteEnds(ref writer, CTA_TUPLE_ORIG, filter.OriginalSource, filter.OriginalDestination);
        CTA_FILTER_F reply = WriteEnds(ref writer, CTA_TUPLE_REPLY, filter.ReplySource, filter.ReplyDestination);
        if (filter.HasAddress)
        {
            int nest = writer.BeginNest(CTA.CTA_FILTER);
            writer.Attribute(CTA_FILTER_ORIG_FLAGS, (uint)original);
            writer.Attribute(CTA_FILTER_REPLY_FLAGS, (uint)reply);
            writer.EndNest(nest);
        }
    }

    /// <summary>The addresses alone, without a record.</summary>
    public static ConntrackEnds EndsOf(in NetlinkMessage message)
    {
        ConntrackEnds ends = default;
        foreach (NetlinkAttribute attribute in message.Attributes<nfgenmsg>())
        {
            switch ((CTA)attribute.Type)
            {
                case CTA_TUPLE_ORIG:
                    (InetAddress from, InetAddress to) = ConntrackTupleMessage.ReadEnds(attribute);
                    ends = ends with { OriginalSource = from, OriginalDestination = to };
                    break;
                case CTA_TUPLE_REPLY:
                    (from, to) = ConntrackTupleMessage.ReadEnds(attribute);
                    ends = ends with { ReplySource = from, ReplyDestination = to };
                    break;
            }
        }

        return ends;
    }

    public static bool TryRead(in NetlinkMessage message, out ConntrackEntry entry)
    {
        ConntrackTuple original = new();
        ConntrackTuple reply = original;
        ushort zone = 0;
        uint? id = null;
        IPS status = 0;
        RawAttributesBuilder unknown = default;
        foreach (NetlinkAttribute attribute in message.Attributes<nfgenmsg>())
        {
            switch ((CTA)attribute.Type)
            {
                case CTA_TUPLE_ORIG:
                    original = ConntrackTupleMessage.Read(attribute);
                    break;
                case CTA_TUPLE_REPLY:
                    reply = ConntrackTupleMessage.Read(attribute);
                    break;
                case CTA_ZONE:
                    zone = attribute.U16BigEndian;
                    break;
                case CTA_ID:
                    id = attribute.U32BigEndian;
                    break;
                case CTA_STATUS:
                    status = (IPS)attribute.U32BigEndian;
                    break;
                default:
                    unknown.Add(attribute);
                    break;
            }
        }

        entry = new ConntrackEntry
        {
            Original = original,
            Reply = reply,
            Zone = zone,
            Id = id,
            IsAnswered = status.HasFlag(IPS.IPS_SEEN_REPLY),
            Unknown = unknown.Build(),
        };
        return message.Type == (ushort)ConntrackMessageType.New;
    }

    private static CTA_FILTER_F WriteEnds(
        ref NetlinkWriter writer, CTA type, InetAddress source, InetAddress destination)
    {
        CTA_FILTER_F flags = source.IsNone ? 0 : CTA_FILTER_F_CTA_IP_SRC;
        flags |= destination.IsNone ? 0 : CTA_FILTER_F_CTA_IP_DST;
        if (flags != 0)
        {
            int nest = writer.BeginNest(type);
            ConntrackTupleMessage.WriteAddresses(ref writer, source, destination);
            writer.EndNest(nest);
        }

        return flags;
    }

    private static NfFamily FamilyOf(AddressFamily family) => family switch
    {
        AddressFamily.IPv4 => NfFamily.IPv4,
        AddressFamily.IPv6 => NfFamily.IPv6,
        _ => NfFamily.Unspecified,
    };
}
