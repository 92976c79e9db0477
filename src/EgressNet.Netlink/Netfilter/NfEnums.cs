using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Netfilter;

/// <summary>The families that nf_tables keeps tables of.</summary>
public enum NfFamily : byte
{
    /// <summary>Any, in a filter.</summary>
    Unspecified = NFPROTO.NFPROTO_UNSPEC,

    /// <summary>IPv4 and IPv6 together; <c>inet</c> to nft.</summary>
    Inet = NFPROTO.NFPROTO_INET,

    /// <summary>IPv4; <c>ip</c> to nft.</summary>
    IPv4 = NFPROTO.NFPROTO_IPV4,

    /// <summary>ARP.</summary>
    Arp = NFPROTO.NFPROTO_ARP,

    /// <summary>Ingress and egress of a device.</summary>
    NetDevice = NFPROTO.NFPROTO_NETDEV,

    /// <summary>Bridged packets.</summary>
    Bridge = NFPROTO.NFPROTO_BRIDGE,

    /// <summary>IPv6; <c>ip6</c> to nft.</summary>
    IPv6 = NFPROTO.NFPROTO_IPV6,
}

/// <summary>Where on a packet's way a base chain sits, in the families inet, ip and ip6.</summary>
public enum NfHook : uint
{
    /// <summary>Before the routing decision.</summary>
    PreRouting = NF_INET.NF_INET_PRE_ROUTING,

    /// <summary>To this host.</summary>
    Input = NF_INET.NF_INET_LOCAL_IN,

    /// <summary>Through this host.</summary>
    Forward = NF_INET.NF_INET_FORWARD,

    /// <summary>From this host.</summary>
    Output = NF_INET.NF_INET_LOCAL_OUT,

    /// <summary>After the routing decision, where source NAT is done.</summary>
    PostRouting = NF_INET.NF_INET_POST_ROUTING,

    /// <summary>Before everything else, of one device.</summary>
    Ingress = NF_INET.NF_INET_INGRESS,
}

/// <summary>What a base chain does with a packet that no rule decided on.</summary>
public enum NfPolicy : uint
{
    /// <summary>Drop it.</summary>
    Drop = NF.NF_DROP,

    /// <summary>Let it pass.</summary>
    Accept = NF.NF_ACCEPT,
}

/// <summary>What kind of set it is.</summary>
[Flags]
public enum NfSetFlags : uint
{
    /// <summary>A plain set.</summary>
    None = 0,

    /// <summary>Written inside a rule and gone with it.</summary>
    Anonymous = NFT_SET.NFT_SET_ANONYMOUS,

    /// <summary>Not to be changed.</summary>
    Constant = NFT_SET.NFT_SET_CONSTANT,

    /// <summary>Holds ranges, each as a start and an end element, or with <see cref="Concatenation"/> as one element
    /// of a key and a key end.</summary>
    Interval = NFT_SET.NFT_SET_INTERVAL,

    /// <summary>A map: each element leads to a value or a verdict.</summary>
    Map = NFT_SET.NFT_SET_MAP,

    /// <summary>Elements may expire.</summary>
    Timeout = NFT_SET.NFT_SET_TIMEOUT,

    /// <summary>Rules may add elements.</summary>
    Dynamic = NFT_SET.NFT_SET_EVAL,

    /// <summary>Elements lead to stateful objects.</summary>
    Objects = NFT_SET.NFT_SET_OBJECT,

    /// <summary>Keys are several fields in a row.</summary>
    Concatenation = NFT_SET.NFT_SET_CONCAT,

    /// <summary>Elements carry expressions, such as counters.</summary>
    Expressions = NFT_SET.NFT_SET_EXPR,
}

/// <summary>What nft takes the bytes of a key or value for. The kernel knows only verdicts; other numbers are nft's
/// own and are kept as read. Of several fields in a row, each has six bits, the last the lowest.</summary>
public enum NfDataType : uint
{
    /// <summary>Unknown.</summary>
    None = 0,

    /// <summary><c>ipv4_addr</c>.</summary>
    IPv4Address = 7,

    /// <summary><c>ipv6_addr</c>.</summary>
    IPv6Address = 8,

    /// <summary><c>devgroup</c>.</summary>
    InterfaceGroup = 35,

    /// <summary><c>ipv4_addr . ipv4_addr</c>.</summary>
    IPv4AddressPair = IPv4Address << 6 | IPv4Address,

    /// <summary><c>ipv6_addr . ipv6_addr</c>.</summary>
    IPv6AddressPair = IPv6Address << 6 | IPv6Address,

    /// <summary>A verdict: accept, drop, jump and so on.</summary>
    Verdict = NFT_DATA.NFT_DATA_VERDICT,
}

/// <summary>How to take it that what is to be added is there already.</summary>
public enum NfAdd
{
    /// <summary>As an error (EEXIST).</summary>
    Create,

    /// <summary>As done, when it is the same; nft's <c>add</c>.</summary>
    Ensure,
}
