using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Namespaces;

/// <summary>The cookie of a network namespace (SO_NETNS_COOKIE), unique until the next boot. A socket returns that of its own
/// namespace.</summary>
internal static class NetNamespaceCookie
{
    /// <returns>Null on a kernel before Linux 5.14, which has none.</returns>
    public static ulong? Of(NetlinkSocketHandle socket, int option = Libc.SO_NETNS_COOKIE)
    {
        int size = sizeof(ulong);
        return Libc.getsockopt(socket, Libc.SOL_SOCKET, option, out ulong cookie, ref size) == 0 ? cookie : null;
    }

    /// <returns>Null as for <see cref="Of"/>, or where no socket can be had.</returns>
    public static ulong? OfCallingThread()
    {
        const int type = Libc.SOCK_RAW | Libc.SOCK_CLOEXEC;
        using NetlinkSocketHandle socket = Libc.socket(Libc.AF_NETLINK, type, NetlinkConstants.NETLINK_ROUTE);
        return socket.IsInvalid ? null : Of(socket);
    }
}
