namespace EgressNet.Netlink.Interop;

// linux/sock_diag.h, linux/inet_diag.h
internal enum SOCK_DIAG : ushort
{
    SOCK_DIAG_BY_FAMILY = 20,
}

internal struct inet_diag_sockid
{
    public ushort idiag_sport;
    public ushort idiag_dport;

    // Of 16 bytes, and aligned as an array of 32-bit numbers is.
    public Guid idiag_src;
    public Guid idiag_dst;
    public uint idiag_if;
    public Cookie idiag_cookie;

    public struct Cookie
    {
        public uint low;
        public uint high;
    }
}

internal struct inet_diag_req_v2
{
    public byte sdiag_family;
    public byte sdiag_protocol;
    public byte idiag_ext;
    public byte pad;
    public uint idiag_states;
    public inet_diag_sockid id;
}

internal struct inet_diag_msg
{
    public byte idiag_family;
    public byte idiag_state;
    public byte idiag_timer;
    public byte idiag_retrans;
    public inet_diag_sockid id;
    public uint idiag_expires;
    public uint idiag_rqueue;
    public uint idiag_wqueue;
    public uint idiag_uid;
    public uint idiag_inode;
}

internal static class InetDiagConstants
{
    public const int NETLINK_SOCK_DIAG = 4;
    public const byte IPPROTO_TCP = 6;
    public const byte IPPROTO_UDP = 17;
}
