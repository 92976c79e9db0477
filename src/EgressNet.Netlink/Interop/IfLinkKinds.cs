namespace EgressNet.Netlink.Interop;

// Options of the kinds of links: linux/if_link.h
internal enum IFLA_BR : ushort
{
    IFLA_BR_STP_STATE = 5,
    IFLA_BR_VLAN_FILTERING = 7,
}

internal enum IFLA_MACVLAN : ushort
{
    IFLA_MACVLAN_MODE = 1,
}

internal enum IFLA_IPVLAN : ushort
{
    IFLA_IPVLAN_MODE = 1,
}

internal enum IFLA_VLAN : ushort
{
    IFLA_VLAN_ID = 1,
    IFLA_VLAN_PROTOCOL = 5,
}

internal enum IFLA_VXLAN : ushort
{
    IFLA_VXLAN_ID = 1,
    IFLA_VXLAN_GROUP = 2,
    IFLA_VXLAN_LINK = 3,
    IFLA_VXLAN_LOCAL = 4,
    IFLA_VXLAN_LEARNING = 7,
    IFLA_VXLAN_PORT = 15,
    IFLA_VXLAN_GROUP6 = 16,
    IFLA_VXLAN_LOCAL6 = 17,
}

internal enum IFLA_VRF : ushort
{
    IFLA_VRF_TABLE = 1,
}

internal enum IFLA_BOND : ushort
{
    IFLA_BOND_MODE = 1,
    IFLA_BOND_MIIMON = 3,
}

internal enum IFLA_NETKIT : ushort
{
    IFLA_NETKIT_PEER_INFO = 1,
    IFLA_NETKIT_MODE = 5,
}
