namespace EgressNet.Netlink.Interop;

// linux/netfilter/nfnetlink_conntrack.h
internal enum IPCTNL_MSG_CT : ushort
{
    IPCTNL_MSG_CT_NEW = 0,
    IPCTNL_MSG_CT_GET = 1,
    IPCTNL_MSG_CT_DELETE = 2,
    IPCTNL_MSG_CT_GET_STATS = 5,
}

internal enum CTA : ushort
{
    CTA_TUPLE_ORIG = 1,
    CTA_TUPLE_REPLY = 2,
    CTA_STATUS = 3,
    CTA_MARK = 8,
    CTA_ID = 12,
    CTA_ZONE = 18,
    CTA_FILTER = 25,
    CTA_STATUS_MASK = 26,
}

// linux/netfilter/nf_conntrack_common.h
[Flags]
internal enum IPS : uint
{
    IPS_SEEN_REPLY = 2,
    IPS_SRC_NAT = 0x10,
    IPS_DST_NAT = 0x20,
}

internal enum CTA_STATS_GLOBAL : ushort
{
    CTA_STATS_GLOBAL_ENTRIES = 1,
}

internal enum CTA_TUPLE : ushort
{
    CTA_TUPLE_IP = 1,
    CTA_TUPLE_PROTO = 2,
    CTA_TUPLE_ZONE = 3,
}

internal enum CTA_IP : ushort
{
    CTA_IP_V4_SRC = 1,
    CTA_IP_V4_DST = 2,
    CTA_IP_V6_SRC = 3,
    CTA_IP_V6_DST = 4,
}

internal enum CTA_PROTO : ushort
{
    CTA_PROTO_NUM = 1,
    CTA_PROTO_SRC_PORT = 2,
    CTA_PROTO_DST_PORT = 3,
    CTA_PROTO_ICMP_ID = 4,
    CTA_PROTO_ICMP_TYPE = 5,
    CTA_PROTO_ICMP_CODE = 6,
    CTA_PROTO_ICMPV6_ID = 7,
    CTA_PROTO_ICMPV6_TYPE = 8,
    CTA_PROTO_ICMPV6_CODE = 9,
}

internal enum CTA_FILTER : ushort
{
    CTA_FILTER_ORIG_FLAGS = 1,
    CTA_FILTER_REPLY_FLAGS = 2,
}

// net/netfilter/nf_internals.h, which is not among the headers for users.
[Flags]
internal enum CTA_FILTER_F : uint
{
    CTA_FILTER_F_CTA_IP_SRC = 0x1,
    CTA_FILTER_F_CTA_IP_DST = 0x2,
}
