using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Routes;

/// <summary>A next hop that stands by itself, and that routes name by its number (linux/nexthop.h).</summary>
/// <param name="Id">Its number, from 1.</param>
/// <param name="Gateway">The gateway; none for one that is on the link, a blackhole or a group of others.</param>
internal sealed record NextHopObject(uint Id, InetAddress Gateway);

/// <summary>Nexthop objects on a connection.</summary>
internal static class NextHopObjectExtensions
{
    extension(NetlinkConnection connection)
    {
        /// <summary>Reads the nexthop objects of the connection's namespace.</summary>
        /// <returns>The objects; none where the kernel knows none (before Linux 5.3).</returns>
        public IReadOnlyList<NextHopObject> ListNextHopObjects()
        {
            NetlinkWriter request = connection.Begin(RTM.RTM_GETNEXTHOP, NLM_F.NLM_F_DUMP);
            request.Header(default(nhmsg));
            try
            {
                return connection.Dump<NextHopObject>(
                    ref request, NetlinkOperation.List(NetlinkObject.NextHopObject), TryRead, static each => each.Id);
            }
            catch (NetlinkException unknown) when (unknown.Errno == Errno.EOPNOTSUPP)
            {
                return [];
            }
        }
    }

    private static bool TryRead(in NetlinkMessage message, out NextHopObject read)
    {
        uint id = 0;
        InetAddress gateway = default;
        if (message.Type == (ushort)RTM.RTM_NEWNEXTHOP)
        {
            foreach (NetlinkAttribute attribute in message.Attributes<nhmsg>())
            {
                id = (NHA)attribute.Type == NHA.NHA_ID ? attribute.U32 : id;
                gateway = (NHA)attribute.Type == NHA.NHA_GATEWAY ? InetAddress.FromBytes(attribute.Payload) : gateway;
            }
        }

        read = new NextHopObject(id, gateway);
        return id != 0;
    }
}
