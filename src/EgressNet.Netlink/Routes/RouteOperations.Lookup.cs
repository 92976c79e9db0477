using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Routes;

public readonly partial struct RouteOperations
{
    /// <summary>Asks which route the kernel would use, like <c>ip route get</c>.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="asStored">True for the table's entry, false for the result with its source address.</param>
    /// <returns>The route, its table filled in.</returns>
    /// <exception cref="NetlinkException">The answer for destinations without a way: ENETUNREACH for none or a throw
    /// route, EINVAL for blackhole, EACCES for prohibit, EHOSTUNREACH for unreachable.</exception>
    public Route Lookup(InetAddress destination, bool asStored = false) =>
        Lookup(new RouteLookup { Destination = destination, AsStored = asStored });

    /// <summary>Asks which route the kernel would use for a packet, like <c>ip route get</c>.</summary>
    /// <param name="packet">The packet.</param>
    /// <returns>The route, its table filled in.</returns>
    /// <exception cref="NetlinkException">The answer for packets without a way: ENETUNREACH for none or a throw route,
    /// EINVAL for blackhole, EACCES for prohibit, EHOSTUNREACH for unreachable. Of one that comes in: EHOSTUNREACH also where
    /// the interface does not forward, and EINVAL or EXDEV, by the kernel, where its source is not taken
    /// (rp_filter).</exception>
    public Route Lookup(RouteLookup packet)
    {
        NetlinkWriter request = _connection.Begin(RTM.RTM_GETROUTE);
        rtmsg header = new()
        {
            rtm_family = (byte)packet.Destination.Family,
            rtm_dst_len = (byte)packet.Destination.BitLength,
            rtm_src_len = (byte)packet.Source.BitLength,
            rtm_flags = packet.AsStored ? RouteConstants.RTM_F_FIB_MATCH : 0,
        };
        if (packet.Destination.Family == AddressFamily.IPv4)
        {
            // IPv6 always tells the table, and refuses the flag under strict checking.
            header.rtm_flags |= RouteConstants.RTM_F_LOOKUP_TABLE;
        }

        request.Header(in header);
        request.Attribute(RTA.RTA_DST, packet.Destination);
        if (!packet.Source.IsNone)
        {
            request.Attribute(RTA.RTA_SRC, packet.Source);
        }

        WriteGiven(ref request, RTA.RTA_OIF, packet.InterfaceIndex == 0 ? null : (uint)packet.InterfaceIndex);
        WriteGiven(ref request, RTA.RTA_IIF, packet.IncomingIndex == 0 ? null : (uint)packet.IncomingIndex);
        WriteGiven(ref request, RTA.RTA_MARK, packet.Mark);
        WriteGiven(ref request, RTA.RTA_UID, packet.UserId);
        return _connection.Get(
                ref request,
                new("look up", NetlinkObject.Route, packet.Destination.Family),
                static (in message) => ReadOrNull(in message))
            ?? throw new NetlinkFormatException("The kernel answered a route look-up with another kind of message.");
    }

    private static void WriteGiven(ref NetlinkWriter request, RTA attribute, uint? value)
    {
        if (value is { } given)
        {
            request.Attribute(attribute, given);
        }
    }
}
