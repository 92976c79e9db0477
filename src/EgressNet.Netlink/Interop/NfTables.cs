namespace EgressNet.Netlink.Interop;

// linux/netfilter/nf_tables.h
internal enum NFT_MSG : ushort
{
    NFT_MSG_NEWTABLE = 0,
    NFT_MSG_GETTABLE = 1,
    NFT_MSG_DELTABLE = 2,
    NFT_MSG_NEWCHAIN = 3,
    NFT_MSG_GETCHAIN = 4,
    NFT_MSG_DELCHAIN = 5,
    NFT_MSG_NEWRULE = 6,
    NFT_MSG_GETRULE = 7,
    NFT_MSG_DELRULE = 8,
    NFT_MSG_NEWSET = 9,
    NFT_MSG_GETSET = 10,
    NFT_MSG_DELSET = 11,
    NFT_MSG_NEWSETELEM = 12,
    NFT_MSG_GETSETELEM = 13,
    NFT_MSG_DELSETELEM = 14,
    NFT_MSG_NEWGEN = 15,
    NFT_MSG_GETGEN = 16,
}

internal enum NFTA_LIST : ushort
{
    NFTA_LIST_ELEM = 1,
}

internal enum NFTA_HOOK : ushort
{
    NFTA_HOOK_HOOKNUM = 1,
    NFTA_HOOK_PRIORITY = 2,
}

internal enum NFTA_TABLE : ushort
{
    NFTA_TABLE_NAME = 1,
    NFTA_TABLE_FLAGS = 2,
    NFTA_TABLE_USERDATA = 6,
}

internal enum NFTA_CHAIN : ushort
{
    NFTA_CHAIN_TABLE = 1,
    NFTA_CHAIN_NAME = 3,
    NFTA_CHAIN_HOOK = 4,
    NFTA_CHAIN_POLICY = 5,
    NFTA_CHAIN_TYPE = 7,
}

internal enum NFTA_RULE : ushort
{
    NFTA_RULE_TABLE = 1,
    NFTA_RULE_CHAIN = 2,
    NFTA_RULE_EXPRESSIONS = 4,
}

internal enum NFTA_GEN : ushort
{
    NFTA_GEN_ID = 1,
}
