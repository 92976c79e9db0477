using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Routes;

/// <summary>One of several next hops of a multipath route.</summary>
public sealed record NextHop
{
    /// <summary>The gateway, of either family; none for a hop that is a link alone.</summary>
    public InetAddress Gateway { get; init; }

    /// <summary>The outgoing interface, 0 to let the kernel find it.</summary>
    public int InterfaceIndex { get; init; }

    /// <summary>Its share of traffic, 1 to 256. Default 1.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>State; only <see cref="RouteFlags.OnLink"/> can be set.</summary>
    public RouteFlags Flags { get; init; }

    /// <summary>Attributes that no property models.</summary>
    public RawAttributes? Unknown { get; init; }
}
