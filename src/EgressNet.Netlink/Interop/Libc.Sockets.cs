using System.Runtime.InteropServices;

namespace EgressNet.Netlink.Interop;

internal static partial class Libc
{
    public const int AF_NETLINK = 16;
    public const int SOCK_RAW = 3;
    public const int SOCK_CLOEXEC = 0x80000;
    public const int SOL_SOCKET = 1;
    public const int SO_RCVBUF = 8;
    public const int SO_RCVBUFFORCE = 33;
    public const int SO_NETNS_COOKIE = 71;
    public const int SOL_NETLINK = 270;
    public const int MSG_TRUNC = 0x20;
    public const int MSG_DONTWAIT = 0x40;
    public const short POLLIN = 1;

    public struct pollfd
    {
        public int fd;
        public short events;
        public short revents;
    }

    [LibraryImport("libc", SetLastError = true)]
    public static partial NetlinkSocketHandle socket(int domain, int type, int protocol);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int bind(NetlinkSocketHandle fd, in sockaddr_nl addr, int len);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int connect(NetlinkSocketHandle fd, in sockaddr_nl addr, int len);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int getsockname(NetlinkSocketHandle fd, out sockaddr_nl addr, ref int len);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int setsockopt(NetlinkSocketHandle fd, int level, int optname, in int optval, int optlen);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int getsockopt(
        NetlinkSocketHandle fd, int level, int optname, out ulong optval, ref int optlen);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint send(NetlinkSocketHandle fd, ReadOnlySpan<byte> buf, nint len, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint recv(NetlinkSocketHandle fd, Span<byte> buf, nint len, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int poll(ref pollfd fds, nuint nfds, int timeout);

    [LibraryImport("libc")]
    public static partial int close(nint fd);
}
