namespace EgressNet.Netlink.Interop;

// linux/ip.h; counted from 1, and IFLA_INET_CONF has them from the first on.
internal enum IPV4_DEVCONF
{
    IPV4_DEVCONF_FORWARDING = 1,
    IPV4_DEVCONF_PROXY_ARP = 3,
    IPV4_DEVCONF_RP_FILTER = 8,
}

// linux/ipv6.h; counted from 0, as IFLA_INET6_CONF has them.
internal enum DEVCONF
{
    DEVCONF_FORWARDING = 0,
    DEVCONF_MTU6 = 2,
    DEVCONF_ACCEPT_RA = 3,
    DEVCONF_DISABLE_IPV6 = 26,
    DEVCONF_ACCEPT_DAD = 27,
}
