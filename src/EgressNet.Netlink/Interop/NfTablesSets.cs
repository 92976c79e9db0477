namespace EgressNet.Netlink.Interop;

// linux/netfilter/nf_tables.h
[Flags]
internal enum NFT_SET : uint
{
    NFT_SET_ANONYMOUS = 0x1,
    NFT_SET_INTERVAL = 0x4,
    NFT_SET_MAP = 0x8,
    NFT_SET_CONCAT = 0x80,
}

internal enum NFTA_DESC : ushort
{
    NFTA_SET_DESC_SIZE = 1,
    NFTA_SET_DESC_CONCAT = 2,
}

internal enum NFTA_SET_FIELD : ushort
{
    NFTA_SET_FIELD_LEN = 1,
}

internal enum NFTA_SET : ushort
{
    NFTA_SET_TABLE = 1,
    NFTA_SET_NAME = 2,
    NFTA_SET_FLAGS = 3,
    NFTA_SET_KEY_TYPE = 4,
    NFTA_SET_KEY_LEN = 5,
    NFTA_SET_DATA_TYPE = 6,
    NFTA_SET_DATA_LEN = 7,
    NFTA_SET_DESC = 9,
    NFTA_SET_ID = 10,
    NFTA_SET_TIMEOUT = 11,
    NFTA_SET_USERDATA = 13,
    NFTA_SET_TYPE = 19,
    NFTA_SET_COUNT = 20,
}

[Flags]
internal enum NFT_SET_ELEM : uint
{
    NFT_SET_ELEM_INTERVAL_END = 0x1,
    NFT_SET_ELEM_CATCHALL = 0x2,
}

internal enum NFTA_SET_ELEM : ushort
{
    NFTA_SET_ELEM_KEY = 1,
    NFTA_SET_ELEM_DATA = 2,
    NFTA_SET_ELEM_FLAGS = 3,
    NFTA_SET_ELEM_TIMEOUT = 4,
    NFTA_SET_ELEM_EXPIRATION = 5,
    NFTA_SET_ELEM_USERDATA = 6,
    NFTA_SET_ELEM_PAD = 8,
    NFTA_SET_ELEM_KEY_END = 10,
}

internal enum NFTA_SET_ELEM_LIST : ushort
{
    NFTA_SET_ELEM_LIST_TABLE = 1,
    NFTA_SET_ELEM_LIST_SET = 2,
    NFTA_SET_ELEM_LIST_ELEMENTS = 3,
}

internal enum NFT_DATA : uint
{
    NFT_DATA_VERDICT = 0xffffff00,
}

internal enum NFTA_DATA : ushort
{
    NFTA_DATA_VALUE = 1,
    NFTA_DATA_VERDICT = 2,
}

internal enum NFTA_VERDICT : ushort
{
    NFTA_VERDICT_CODE = 1,
    NFTA_VERDICT_CHAIN = 2,
}

internal enum NFT_VERDICT : int
{
    NFT_JUMP = -3,
    NFT_GOTO = -4,
    NFT_RETURN = -5,
}
