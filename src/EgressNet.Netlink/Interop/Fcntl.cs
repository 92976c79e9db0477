using System.Runtime.InteropServices;

namespace EgressNet.Netlink.Interop;

// fcntl.h, unistd.h, sys/file.h, sys/resource.h: but for one, only what has the same value on every architecture .NET runs on.
internal static class Fcntl
{
    public const int O_RDONLY = 0x0;
    public const int O_WRONLY = 0x1;
    public const int O_RDWR = 0x2;
    public const int O_CREAT = 0x40;
    public const int O_EXCL = 0x80;
    public const int O_CLOEXEC = 0x80000;
    public const int O_PATH = 0x200000;

    public static readonly int O_NOFOLLOW = RuntimeInformation.ProcessArchitecture
        is Architecture.Arm or Architecture.Armv6 or Architecture.Arm64 or Architecture.Ppc64le ? 0x8000 : 0x20000;

    public const int AT_FDCWD = -100;
    public const int AT_EMPTY_PATH = 0x1000;
    public const int AT_SYMLINK_NOFOLLOW = 0x100;

    public const int F_OK = 0;
    public const int W_OK = 2;

    public const int F_DUPFD_CLOEXEC = 1030;
    public const int RLIMIT_NOFILE = 7;

    public const int LOCK_SH = 1;
    public const int LOCK_EX = 2;
    public const int LOCK_NB = 4;
    public const int LOCK_UN = 8;
}
