namespace EgressNet.Netlink.Routes;

/// <summary>What a route does with a packet (rtm_type).</summary>
public enum RouteType : byte
{
    /// <summary>None given.</summary>
    Unspecified = 0,

    /// <summary>Sends it to a next hop or a link.</summary>
    Unicast = 1,

    /// <summary>Delivers it to this host.</summary>
    Local = 2,

    /// <summary>Receives it as broadcast.</summary>
    Broadcast = 3,

    /// <summary>Receives it as broadcast, sends as unicast.</summary>
    Anycast = 4,

    /// <summary>Receives it as multicast.</summary>
    Multicast = 5,

    /// <summary>Drops it in silence.</summary>
    Blackhole = 6,

    /// <summary>Answers that the destination is unreachable.</summary>
    Unreachable = 7,

    /// <summary>Answers that it is administratively prohibited.</summary>
    Prohibit = 8,

    /// <summary>Continues in the next routing table.</summary>
    Throw = 9,

    /// <summary>Translates addresses; no longer in the kernel.</summary>
    Nat = 10,

    /// <summary>Asks an external resolver; no longer in the kernel.</summary>
    ExternalResolve = 11,
}

/// <summary>How far a destination is away (rtm_scope, ifa_scope). IPv6 routes ignore it and read as Global.</summary>
public enum RouteScope : byte
{
    /// <summary>Anywhere: the kernel's "universe".</summary>
    Global = 0,

    /// <summary>Within the local site.</summary>
    Site = 200,

    /// <summary>On the attached link.</summary>
    Link = 253,

    /// <summary>On this host.</summary>
    Host = 254,

    /// <summary>Nowhere; in a deletion by key it matches every scope.</summary>
    Nowhere = 255,
}

/// <summary>Who installed a route (rtm_protocol); a number without a name passes through.</summary>
public enum RouteProtocol : byte
{
    /// <summary>None given.</summary>
    Unspecified = 0,

    /// <summary>An ICMP redirect. The kernel's own.</summary>
    Redirect = 1,

    /// <summary>The kernel, for an address or a link.</summary>
    Kernel = 2,

    /// <summary>During boot; the default of <c>ip route add</c>.</summary>
    Boot = 3,

    /// <summary>An administrator.</summary>
    Static = 4,

    /// <summary>GateD.</summary>
    Gated = 8,

    /// <summary>Router advertisement.</summary>
    Ra = 9,

    /// <summary>Merit MRT.</summary>
    Mrt = 10,

    /// <summary>Zebra.</summary>
    Zebra = 11,

    /// <summary>BIRD.</summary>
    Bird = 12,

    /// <summary>DECnet routing daemon.</summary>
    Dnrouted = 13,

    /// <summary>XORP.</summary>
    Xorp = 14,

    /// <summary>Netsukuku.</summary>
    Ntk = 15,

    /// <summary>DHCP client.</summary>
    Dhcp = 16,

    /// <summary>Multicast daemon.</summary>
    Mrouted = 17,

    /// <summary>keepalived.</summary>
    Keepalived = 18,

    /// <summary>Babel.</summary>
    Babel = 42,

    /// <summary>Open/R.</summary>
    Openr = 99,

    /// <summary>BGP.</summary>
    Bgp = 186,

    /// <summary>IS-IS.</summary>
    Isis = 187,

    /// <summary>OSPF.</summary>
    Ospf = 188,

    /// <summary>RIP.</summary>
    Rip = 189,

    /// <summary>EIGRP.</summary>
    Eigrp = 192,
}

/// <summary>State of a route or next hop (rtm_flags, rtnh_flags).</summary>
[Flags]
public enum RouteFlags : uint
{
    /// <summary>Nothing to say.</summary>
    None = 0,

    /// <summary>The next hop is dead.</summary>
    Dead = 1,

    /// <summary>Recursive gateway look-up.</summary>
    Pervasive = 2,

    /// <summary>The gateway is treated as on-link, whatever the prefixes say.</summary>
    OnLink = 4,

    /// <summary>Done by hardware.</summary>
    Offload = 8,

    /// <summary>The link has no carrier.</summary>
    LinkDown = 16,

    /// <summary>The next hop is not resolved.</summary>
    Unresolved = 32,

    /// <summary>Hardware traps it to the processor.</summary>
    Trap = 64,

    /// <summary>A copy that a look-up made.</summary>
    Cloned = 0x200,
}

/// <summary>How a route is written, with the meaning that <c>ip route</c> gives each verb.</summary>
public enum RouteChange
{
    /// <summary>Add; EEXIST where the key is in use.</summary>
    Add,

    /// <summary>Replace the route with the same key, or add it.</summary>
    Replace,

    /// <summary>Replace the route with the same key; ENOENT where there is none.</summary>
    Change,

    /// <summary>Add behind routes with the same key; for IPv6, as one more hop.</summary>
    Append,

    /// <summary>Add before routes with the same key.</summary>
    Prepend,
}

/// <summary>The well-known routing tables.</summary>
public static class RouteTable
{
    /// <summary>Table 253, empty by default.</summary>
    public const uint Default = 253;

    /// <summary>Table 254, the default.</summary>
    public const uint Main = 254;

    /// <summary>Table 255, the kernel's own for local and broadcast addresses.</summary>
    public const uint Local = 255;
}
