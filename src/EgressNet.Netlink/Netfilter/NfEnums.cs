using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Netfilter;

/// <summary>The families that nf_tables keeps tables of; other numbers are kept as read.</summary>
internal enum NfFamily : byte
{
    Unspecified = NFPROTO.NFPROTO_UNSPEC,

    /// <summary>IPv4 and IPv6 together; <c>inet</c> to nft.</summary>
    Inet = NFPROTO.NFPROTO_INET,
    IPv4 = NFPROTO.NFPROTO_IPV4,
    IPv6 = NFPROTO.NFPROTO_IPV6,
}

/// <summary>How to handle an object that already exists.</summary>
internal enum NfAdd
{
    /// <summary>As an error (EEXIST).</summary>
    Create,

    /// <summary>As done, when it is the same; nft's <c>add</c>.</summary>
    Ensure,
}
