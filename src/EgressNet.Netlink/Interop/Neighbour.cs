namespace EgressNet.Netlink.Interop;

// linux/neighbour.h
internal struct ndmsg
{
    public byte ndm_family;
    public byte ndm_pad1;
    public ushort ndm_pad2;
    public int ndm_ifindex;
    public ushort ndm_state;
    public byte ndm_flags;
    public byte ndm_type;
}

internal enum NDA : ushort
{
    NDA_DST = 1,
    NDA_LLADDR = 2,
    NDA_CACHEINFO = 3,
    NDA_PROBES = 4,
    NDA_IFINDEX = 8,
    NDA_PROTOCOL = 12,
    NDA_FLAGS_EXT = 15,
}
