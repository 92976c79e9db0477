using static EgressNet.Netlink.Interop.IPCTNL_MSG_CT;

namespace EgressNet.Netlink.Conntrack;

/// <summary>The message types with the number of the connection tracking subsystem in front.</summary>
internal enum ConntrackMessageType : ushort
{
    Subsystem = Interop.NfnetlinkConstants.NFNL_SUBSYS_CTNETLINK << 8,
    New = Subsystem | (ushort)IPCTNL_MSG_CT_NEW,
    Get = Subsystem | (ushort)IPCTNL_MSG_CT_GET,
    Delete = Subsystem | (ushort)IPCTNL_MSG_CT_DELETE,
    GetStatistics = Subsystem | (ushort)IPCTNL_MSG_CT_GET_STATS,
}
