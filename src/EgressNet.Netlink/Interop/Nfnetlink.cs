namespace EgressNet.Netlink.Interop;

// linux/netfilter/nfnetlink.h
internal struct nfgenmsg
{
    public byte nfgen_family;
    public byte version;
    public ushort res_id;
}

internal enum NFNL_MSG : ushort
{
    NFNL_MSG_BATCH_BEGIN = 16,
    NFNL_MSG_BATCH_END = 17,
}

internal enum NFNL_BATCH : ushort
{
    NFNL_BATCH_GENID = 1,
}

internal static class NfnetlinkConstants
{
    public const int NETLINK_NETFILTER = 12;
    public const int NFNL_SUBSYS_CTNETLINK = 1;
    public const int NFNL_SUBSYS_NFTABLES = 10;
    public const int NFNETLINK_V0 = 0;
}

// linux/netfilter.h
internal enum NFPROTO : byte
{
    NFPROTO_UNSPEC = 0,
    NFPROTO_INET = 1,
    NFPROTO_IPV4 = 2,
    NFPROTO_IPV6 = 10,
}

internal enum NF_INET : uint
{
    NF_INET_PRE_ROUTING = 0,
    NF_INET_LOCAL_IN = 1,
    NF_INET_FORWARD = 2,
    NF_INET_LOCAL_OUT = 3,
    NF_INET_POST_ROUTING = 4,
    NF_INET_INGRESS = 5,
}

internal enum NF : uint
{
    NF_DROP = 0,
    NF_ACCEPT = 1,
}

// linux/netfilter/nf_nat.h
[Flags]
internal enum NF_NAT_RANGE : uint
{
    NF_NAT_RANGE_MAP_IPS = 0x1,
    NF_NAT_RANGE_PROTO_SPECIFIED = 0x2,
    NF_NAT_RANGE_PROTO_RANDOM = 0x4,
    NF_NAT_RANGE_PROTO_RANDOM_FULLY = 0x10,
}
