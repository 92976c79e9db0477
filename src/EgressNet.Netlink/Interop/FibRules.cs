namespace EgressNet.Netlink.Interop;

// linux/fib_rules.h
internal struct fib_rule_hdr
{
    public byte family;
    public byte dst_len;
    public byte src_len;
    public byte tos;
    public byte table;
    public byte res1;
    public byte res2;
    public byte action;
    public uint flags;
}

internal struct fib_rule_uid_range
{
    public uint start;
    public uint end;
}

internal struct fib_rule_port_range
{
    public ushort start;
    public ushort end;
}

internal enum FRA : ushort
{
    FRA_DST = 1,
    FRA_SRC = 2,
    FRA_IIFNAME = 3,
    FRA_GOTO = 4,
    FRA_PRIORITY = 6,
    FRA_FWMARK = 10,
    FRA_FLOW = 11,
    FRA_TUN_ID = 12,
    FRA_SUPPRESS_IFGROUP = 13,
    FRA_SUPPRESS_PREFIXLEN = 14,
    FRA_TABLE = 15,
    FRA_FWMASK = 16,
    FRA_OIFNAME = 17,
    FRA_PAD = 18,
    FRA_L3MDEV = 19,
    FRA_UID_RANGE = 20,
    FRA_PROTOCOL = 21,
    FRA_IP_PROTO = 22,
    FRA_SPORT_RANGE = 23,
    FRA_DPORT_RANGE = 24,
    FRA_DSCP = 25,
    FRA_SPORT_MASK = 28,
    FRA_DPORT_MASK = 29,
    FRA_DSCP_MASK = 30,
}

internal static class FibRuleConstants
{
    public const uint FIB_RULE_INVERT = 2;
    public const uint FIB_RULE_FIND_SADDR = 0x10000;
}
