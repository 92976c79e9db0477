using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.RTA;

namespace EgressNet.Netlink.Routes;

/// <summary>A route as RTM_NEWROUTE and RTM_DELROUTE carry it: where the kernel's words and ours meet.</summary>
internal static class RouteMessage
{
    // What a part of a dump holds (32 KiB less SKB_WITH_OVERHEAD), and attributes that the kernel adds.
    private const int MaxDumpedBytes = 32448;
    private const int TableBytes = 8;
    private const int PriorityBytes = 8;
    private const int CacheInfoAndPreferenceBytes = 44;

    /// <summary>Writes a route that is to be, unless nobody could list it, and what comes behind it, any more.</summary>
    /// <exception cref="ArgumentException">It has too many next hops.</exception>
    public static void WriteNew(ref NetlinkWriter writer, Route route)
    {
        Write(ref writer, route);
        int added = route.Family == AddressFamily.IPv4 ? TableBytes
            : TableBytes + CacheInfoAndPreferenceBytes + (route.Metric == 0 ? PriorityBytes : 0);
        if (writer.Written.Length + added > MaxDumpedBytes)
        {
            throw new ArgumentException(
                $"The route to {route.Destination} has {route.NextHops?.Count ?? 0} next hops: more than the kernel can list.",
                nameof(route));
        }
    }

    public static void Write(ref NetlinkWriter writer, Route route)
    {
        rtmsg header = new()
        {
            rtm_family = (byte)route.Family,
            rtm_dst_len = route.Destination.Length,
            rtm_src_len = route.Source?.Length ?? 0,
            rtm_tos = route.TypeOfService,
            rtm_table = route.Table > byte.MaxValue ? RouteConstants.RT_TABLE_UNSPEC : (byte)route.Table,
            rtm_protocol = (byte)route.Protocol,
            rtm_scope = (byte)route.Scope,
            rtm_type = (byte)TypeOf(route),
            rtm_flags = (uint)route.Flags & RouteConstants.RTNH_F_ONLINK,
        };
        writer.Header(in header);
        if (route.Destination.Length > 0)
        {
            writer.Attribute(RTA_DST, route.Destination.Address);
        }

        if (route.Source is { Length: > 0 } source)
        {
            writer.Attribute(RTA_SRC, source.Address);
        }

        WriteUnlessZero(ref writer, RTA_TABLE, route.Table > byte.MaxValue ? route.Table : 0);
        WriteUnlessZero(ref writer, RTA_PRIORITY, route.Metric);
        WriteUnlessZero(ref writer, RTA_EXPIRES, route.ExpiresAfterSeconds);
        WriteUnlessZero(ref writer, RTA_NH_ID, route.NextHopId);
        if (!route.PreferredSource.IsNone)
        {
            writer.Attribute(RTA_PREFSRC, route.PreferredSource);
        }

        if (route.Preference != 0)
        {
            writer.Attribute(RTA_PREF, route.Preference);
        }

        WritePath(ref writer, route);
        RouteMetricsMessage.Write(ref writer, route.Metrics);
        writer.Raw(route.Unknown is null ? default : route.Unknown.Bytes);
    }

    public static bool TryRead(in NetlinkMessage message, out Route route)
    {
        rtmsg header = message.Header<rtmsg>();
        AddressFamily family = (AddressFamily)header.rtm_family;
        InetAddress destination = InetAddress.Unspecified(family);
        InetAddress source = destination;
        InetAddress gateway = default;
        InetAddress preferredSource = default;
        uint table = header.rtm_table;
        uint metric = 0;
        uint nextHopId = 0;
        uint expires = 0;
        int interfaceIndex = 0;
        byte preference = 0;
        RouteMetrics? metrics = null;
        List<NextHop>? nextHops = null;
        RawAttributesBuilder unknown = default;
        foreach (NetlinkAttribute attribute in message.Attributes<rtmsg>())
        {
            switch ((RTA)attribute.Type)
            {
                case RTA_DST:
                    destination = InetAddress.FromBytes(attribute.Payload);
                    break;
                case RTA_SRC:
                    source = InetAddress.FromBytes(attribute.Payload);
                    break;
                case RTA_OIF:
                    interfaceIndex = attribute.S32;
                    break;
                case RTA_GATEWAY:
                    gateway = InetAddress.FromBytes(attribute.Payload);
                    break;
                case RTA_VIA:
                    gateway = NextHopMessage.ReadVia(attribute);
                    break;
                case RTA_PRIORITY:
                    metric = attribute.U32;
                    break;
                case RTA_PREFSRC:
                    preferredSource = InetAddress.FromBytes(attribute.Payload);
                    break;
                case RTA_TABLE:
                    table = attribute.U32;
                    break;
                case RTA_NH_ID:
                    nextHopId = attribute.U32;
                    break;
                case RTA_PREF:
                    preference = attribute.U8;
                    break;
                case RTA_CACHEINFO:
                    expires = ExpiresAfterSeconds(attribute.Struct<rta_cacheinfo>());
                    break;
                case RTA_METRICS:
                    metrics = RouteMetricsMessage.Read(attribute);
                    break;
                case RTA_MULTIPATH:
                    nextHops = NextHopMessage.Read(attribute.Payload);
                    break;
                case RTA_PAD or RTA_IIF:
                    break;
                default:
                    unknown.Add(attribute);
                    break;
            }
        }

        route = new Route
        {
            Destination = new InetPrefix(destination, header.rtm_dst_len),
            Gateway = gateway,
            PreferredSource = preferredSource,
            InterfaceIndex = interfaceIndex,
            Metric = metric,
            Table = table,
            NextHopId = nextHopId,
            Flags = (RouteFlags)header.rtm_flags,
            Type = (RouteType)header.rtm_type,
            Scope = (RouteScope)header.rtm_scope,
            Protocol = (RouteProtocol)header.rtm_protocol,
            TypeOfService = header.rtm_tos,
            Preference = preference,
            ExpiresAfterSeconds = expires,
            Source = header.rtm_src_len == 0 ? null : new InetPrefix(source, header.rtm_src_len),
            Metrics = metrics,
            NextHops = nextHops,
            Unknown = unknown.Build(),
        };
        return family is AddressFamily.IPv4 or AddressFamily.IPv6
            && header.rtm_dst_len <= destination.BitLength && destination.Family == family;
    }

    // A unicast route over a blackhole nexthop object reads as a blackhole, but is not deleted as one.
    private static RouteType TypeOf(Route route) =>
        route is { NextHopId: not 0, Type: RouteType.Blackhole } ? RouteType.Unicast : route.Type;

    private static void WritePath(ref NetlinkWriter writer, Route route)
    {
        // A nexthop object stands for interface, gateway and hops, which a read shows beside its id.
        if (route.NextHopId != 0)
        {
            return;
        }

        if (route.NextHops is { Count: > 0 } hops)
        {
            NextHopMessage.Write(ref writer, hops, route.Family);
            return;
        }

        // The kernel shows IPv6 reject routes on lo and takes them back with any device; IPv4 refuses one.
        WriteUnlessZero(ref writer, RTA_OIF, (uint)route.InterfaceIndex);
        NextHopMessage.WriteGateway(ref writer, route.Gateway, route.Family);
    }

    private static void WriteUnlessZero(ref NetlinkWriter writer, RTA type, uint value)
    {
        if (value != 0)
        {
            writer.Attribute(type, value);
        }
    }

    // rta_expires counts USER_HZ ticks, of which Linux has 100 a second on every architecture we run on.
    private static uint ExpiresAfterSeconds(rta_cacheinfo info) => (uint)Math.Max(0, info.rta_expires / 100);
}
