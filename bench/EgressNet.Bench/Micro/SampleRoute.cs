using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Wire;

namespace EgressNet.Bench.Micro;

internal static class SampleRoute
{
    public static Route Via { get; } = new()
    {
        Destination = InetPrefix.Parse("169.254.172.0/22"),
        Gateway = InetAddress.Parse("169.254.172.1"),
        PreferredSource = InetAddress.Parse("169.254.172.5"),
        InterfaceIndex = 2,
    };

    public static int Encode(Span<byte> buffer, Route route)
    {
        NetlinkWriter writer = new(buffer, (ushort)RTM.RTM_NEWROUTE, NLM_F.NLM_F_MULTI, sequence: 7);
        RouteMessage.Write(ref writer, route);
        return writer.Written.Length;
    }
}
