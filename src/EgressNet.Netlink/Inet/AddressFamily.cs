namespace EgressNet.Netlink.Inet;

/// <summary>The address families that routes and addresses come in, under Linux's numbers.</summary>
public enum AddressFamily : byte
{
    /// <summary>No family: either, in a filter.</summary>
    Unspecified = 0,

    /// <summary>Internet Protocol version 4 (AF_INET).</summary>
    IPv4 = 2,

    /// <summary>Internet Protocol version 6 (AF_INET6).</summary>
    IPv6 = 10,
}
