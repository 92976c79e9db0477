namespace EgressNet.Netlink.Interop;

// linux/netfilter/nf_tables.h
internal enum NFT_REG : uint
{
    NFT_REG_VERDICT = 0,
    NFT_REG_1 = 1,
    NFT_REG_2 = 2,
    NFT_REG32_01 = 9,
}

internal enum NFTA_EXPR : ushort
{
    NFTA_EXPR_NAME = 1,
    NFTA_EXPR_DATA = 2,
}

internal enum NFTA_IMMEDIATE : ushort
{
    NFTA_IMMEDIATE_DREG = 1,
    NFTA_IMMEDIATE_DATA = 2,
}

internal enum NFTA_BITWISE : ushort
{
    NFTA_BITWISE_SREG = 1,
    NFTA_BITWISE_DREG = 2,
    NFTA_BITWISE_LEN = 3,
    NFTA_BITWISE_MASK = 4,
    NFTA_BITWISE_XOR = 5,
    NFTA_BITWISE_OP = 6,
}

internal enum NFT_BITWISE : uint
{
    NFT_BITWISE_MASK_XOR = 0,
}

internal enum NFT_CMP : uint
{
    NFT_CMP_EQ = 0,
    NFT_CMP_NEQ = 1,
    NFT_CMP_LT = 2,
    NFT_CMP_LTE = 3,
    NFT_CMP_GT = 4,
    NFT_CMP_GTE = 5,
}

internal enum NFTA_CMP : ushort
{
    NFTA_CMP_SREG = 1,
    NFTA_CMP_OP = 2,
    NFTA_CMP_DATA = 3,
}

[Flags]
internal enum NFT_LOOKUP_F : uint
{
    NFT_LOOKUP_F_INV = 0x1,
}

internal enum NFTA_LOOKUP : ushort
{
    NFTA_LOOKUP_SET = 1,
    NFTA_LOOKUP_SREG = 2,
    NFTA_LOOKUP_DREG = 3,
    NFTA_LOOKUP_FLAGS = 5,
}

internal enum NFT_PAYLOAD : uint
{
    NFT_PAYLOAD_NETWORK_HEADER = 1,
    NFT_PAYLOAD_TRANSPORT_HEADER = 2,
}

internal enum NFTA_PAYLOAD : ushort
{
    NFTA_PAYLOAD_DREG = 1,
    NFTA_PAYLOAD_BASE = 2,
    NFTA_PAYLOAD_OFFSET = 3,
    NFTA_PAYLOAD_LEN = 4,
}

internal enum NFT_META : uint
{
    NFT_META_MARK = 3,
    NFT_META_IIF = 4,
    NFT_META_OIF = 5,
    NFT_META_IIFNAME = 6,
    NFT_META_OIFNAME = 7,
    NFT_META_NFPROTO = 15,
    NFT_META_L4PROTO = 16,
    NFT_META_IIFGROUP = 21,
    NFT_META_OIFGROUP = 22,
}

internal enum NFTA_META : ushort
{
    NFTA_META_DREG = 1,
    NFTA_META_KEY = 2,
}

// linux/netfilter/nf_tables_compat.h
internal enum NFTA_MATCH : ushort
{
    NFTA_MATCH_NAME = 1,
    NFTA_MATCH_REV = 2,
    NFTA_MATCH_INFO = 3,
}

// linux/netfilter/nf_tables.h
internal enum NFT_CT : uint
{
    NFT_CT_STATE = 0,
    NFT_CT_STATUS = 2,
}

internal enum NFTA_CT : ushort
{
    NFTA_CT_DREG = 1,
    NFTA_CT_KEY = 2,
}

internal enum NFT_NAT : uint
{
    NFT_NAT_SNAT = 0,
}

internal enum NFTA_NAT : ushort
{
    NFTA_NAT_TYPE = 1,
    NFTA_NAT_FAMILY = 2,
    NFTA_NAT_REG_ADDR_MIN = 3,
    NFTA_NAT_REG_ADDR_MAX = 4,
    NFTA_NAT_FLAGS = 7,
}

internal enum NFTA_MASQ : ushort
{
    NFTA_MASQ_FLAGS = 1,
}

internal enum NFT_FIB_RESULT : uint
{
    NFT_FIB_RESULT_OIF = 1,
}

[Flags]
internal enum NFTA_FIB_F : uint
{
    NFTA_FIB_F_SADDR = 0x1,
    NFTA_FIB_F_IIF = 0x8,
    NFTA_FIB_F_PRESENT = 0x20,
}

internal enum NFTA_FIB : ushort
{
    NFTA_FIB_DREG = 1,
    NFTA_FIB_RESULT = 2,
    NFTA_FIB_FLAGS = 3,
}
