namespace EgressNet.Netlink.Interop;

// linux/rtnetlink.h
internal enum RTM : ushort
{
    RTM_NEWLINK = 16,
    RTM_DELLINK = 17,
    RTM_GETLINK = 18,
    RTM_SETLINK = 19,
    RTM_NEWADDR = 20,
    RTM_DELADDR = 21,
    RTM_GETADDR = 22,
    RTM_NEWROUTE = 24,
    RTM_DELROUTE = 25,
    RTM_GETROUTE = 26,
    RTM_NEWNEIGH = 28,
    RTM_DELNEIGH = 29,
    RTM_GETNEIGH = 30,
    RTM_NEWRULE = 32,
    RTM_DELRULE = 33,
    RTM_GETRULE = 34,
    RTM_GETNSID = 90,
    RTM_NEWNEXTHOP = 104,
    RTM_GETNEXTHOP = 106,
    RTM_NEWLINKPROP = 108,
    RTM_DELLINKPROP = 109,
}

internal struct rtmsg
{
    public byte rtm_family;
    public byte rtm_dst_len;
    public byte rtm_src_len;
    public byte rtm_tos;
    public byte rtm_table;
    public byte rtm_protocol;
    public byte rtm_scope;
    public byte rtm_type;
    public uint rtm_flags;
}

internal struct rtnexthop
{
    public ushort rtnh_len;
    public byte rtnh_flags;
    public byte rtnh_hops;
    public int rtnh_ifindex;
}

internal struct rta_cacheinfo
{
    public uint rta_clntref;
    public uint rta_lastuse;
    public int rta_expires;
    public uint rta_error;
    public uint rta_used;
    public uint rta_id;
    public uint rta_ts;
    public uint rta_tsage;
}

internal enum RTA : ushort
{
    RTA_UNSPEC,
    RTA_DST,
    RTA_SRC,
    RTA_IIF,
    RTA_OIF,
    RTA_GATEWAY,
    RTA_PRIORITY,
    RTA_PREFSRC,
    RTA_METRICS,
    RTA_MULTIPATH,
    RTA_FLOW = 11,
    RTA_CACHEINFO = 12,
    RTA_TABLE = 15,
    RTA_MARK = 16,
    RTA_MFC_STATS = 17,
    RTA_VIA = 18,
    RTA_NEWDST = 19,
    RTA_PREF = 20,
    RTA_ENCAP_TYPE = 21,
    RTA_ENCAP = 22,
    RTA_EXPIRES = 23,
    RTA_PAD = 24,
    RTA_UID = 25,
    RTA_TTL_PROPAGATE = 26,
    RTA_IP_PROTO = 27,
    RTA_SPORT = 28,
    RTA_DPORT = 29,
    RTA_NH_ID = 30,
}

internal enum RTAX : ushort
{
    RTAX_LOCK = 1,
    RTAX_MTU = 2,
    RTAX_WINDOW = 3,
    RTAX_RTT = 4,
    RTAX_RTTVAR = 5,
    RTAX_SSTHRESH = 6,
    RTAX_CWND = 7,
    RTAX_ADVMSS = 8,
    RTAX_REORDERING = 9,
    RTAX_HOPLIMIT = 10,
    RTAX_INITCWND = 11,
    RTAX_FEATURES = 12,
    RTAX_RTO_MIN = 13,
    RTAX_INITRWND = 14,
    RTAX_QUICKACK = 15,
    RTAX_CC_ALGO = 16,
    RTAX_FASTOPEN_NO_COOKIE = 17,
}

internal struct rtgenmsg
{
    public byte rtgen_family;
}

// linux/nexthop.h
internal struct nhmsg
{
    public byte nh_family;
    public byte nh_scope;
    public byte nh_protocol;
    public byte resvd;
    public uint nh_flags;
}

internal enum NHA : ushort
{
    NHA_ID = 1,
    NHA_GATEWAY = 6,
}

// linux/net_namespace.h
internal enum NETNSA : ushort
{
    NETNSA_NSID = 1,
    NETNSA_FD = 3,
}

internal static class RouteConstants
{
    public const byte RT_TABLE_UNSPEC = 0;
    public const uint RTM_F_LOOKUP_TABLE = 0x1000;
    public const uint RTM_F_FIB_MATCH = 0x2000;
    public const uint RTNH_F_ONLINK = 4;
}
