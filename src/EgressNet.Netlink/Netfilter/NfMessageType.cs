using static EgressNet.Netlink.Interop.NFT_MSG;

namespace EgressNet.Netlink.Netfilter;

/// <summary>The message types with the number of the nf_tables subsystem in front.</summary>
internal enum NfMessageType : ushort
{
    Subsystem = Interop.NfnetlinkConstants.NFNL_SUBSYS_NFTABLES << 8,
    NewTable = Subsystem | (ushort)NFT_MSG_NEWTABLE,
    GetTable = Subsystem | (ushort)NFT_MSG_GETTABLE,
    DeleteTable = Subsystem | (ushort)NFT_MSG_DELTABLE,
    NewChain = Subsystem | (ushort)NFT_MSG_NEWCHAIN,
    GetChain = Subsystem | (ushort)NFT_MSG_GETCHAIN,
    DeleteChain = Subsystem | (ushort)NFT_MSG_DELCHAIN,
    NewRule = Subsystem | (ushort)NFT_MSG_NEWRULE,
    GetRule = Subsystem | (ushort)NFT_MSG_GETRULE,
    DeleteRule = Subsystem | (ushort)NFT_MSG_DELRULE,
    NewSet = Subsystem | (ushort)NFT_MSG_NEWSET,
    GetSet = Subsystem | (ushort)NFT_MSG_GETSET,
    DeleteSet = Subsystem | (ushort)NFT_MSG_DELSET,
    NewElement = Subsystem | (ushort)NFT_MSG_NEWSETELEM,
    GetElement = Subsystem | (ushort)NFT_MSG_GETSETELEM,
    DeleteElement = Subsystem | (ushort)NFT_MSG_DELSETELEM,
    NewGeneration = Subsystem | (ushort)NFT_MSG_NEWGEN,
    GetGeneration = Subsystem | (ushort)NFT_MSG_GETGEN,
}
