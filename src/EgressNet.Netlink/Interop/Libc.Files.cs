using System.Runtime.InteropServices;

namespace EgressNet.Netlink.Interop;

internal static partial class Libc
{
    /// <summary>Why the last call on this thread failed.</summary>
    public static Errno LastErrno => (Errno)Marshal.GetLastPInvokeError();

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int open(string pathname, int flags, uint mode = 0);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint readlink(string pathname, Span<byte> buf, nuint bufsiz);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint read(int fd, Span<byte> buf, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint write(int fd, ReadOnlySpan<byte> buf, nuint count);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int statx(int dirfd, string pathname, int flags, uint mask, out Statx statxbuf);

    // struct statfs differs between architectures in all but this: the low 32 bits of f_type come first.
    [LibraryImport("libc", SetLastError = true)]
    public static partial int fstatfs(int fd, Span<uint> buf);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int access(string pathname, int mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mkdir(string pathname, uint mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int unlink(string pathname);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int flock(int fd, int operation);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fcntl(int fd, int op, nint arg);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int getrlimit(int resource, Span<ulong> rlim);

    /// <summary>getdents64(2), for which libc has a function of its own only since glibc 2.30.</summary>
    /// <returns>The number of bytes; -1 also where its number is not known.</returns>
    public static int getdents64(int fd, Span<byte> dirp)
    {
        int number = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => 217,
            Architecture.Arm64 => 61,
            _ => 0,
        };
        return number == 0 ? -1 : (int)syscall(number, fd, dirp, dirp.Length);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint first, Span<byte> second, nint third);
}
