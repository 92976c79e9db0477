using System.Diagnostics;
using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Namespaces;

/// <summary>Prepares /run/netns for names as iproute2 does: it exists, is writable and is a shared mount point, so that names
/// created or removed later reach the mount namespaces copied from this one. It takes iproute2's lock. The steps return an
/// error number, 0 for success.</summary>
internal static class NetNamespaceDirectory
{
    private const string Path = NetNamespaceName.Directory;
    private const int PauseMilliseconds = 20;
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(5);

    public static void Prepare(CancellationToken cancellation)
    {
        Errno errno = Make();
        if (errno is Errno.EACCES or Errno.EPERM or Errno.EROFS && IsInUserNamespace())
        {
            string target = Directory.Exists(Path) ? Path : "/run";
            errno = Locked(target, () => Make() == Errno.None ? Errno.None : MountTmpfs(target), s_longestWait, cancellation);
        }

        // A mount point is made shared again to no effect, so that only who makes it one needs the lock.
        errno = errno == Errno.None ? MakeShared() : errno;
        if (errno == Errno.EINVAL)
        {
            errno = Locked(Path, Share, s_longestWait, cancellation);
        }

        if (errno != Errno.None)
        {
            throw NetNamespaceException.FromErrno("Cannot make room for network namespaces", Path, errno);
        }
    }

    private static Errno Make()
    {
        const uint mode = 0b111_101_101;
        Errno errno = ErrnoOf(Libc.mkdir(Path, mode));
        return errno is Errno.None or Errno.EEXIST ? ErrnoOf(Libc.access(Path, Fcntl.W_OK)) : errno;
    }

    private static bool IsInUserNamespace() =>
        new FileInfo("/proc/self/ns/user").LinkTarget is not (null or Nsfs.InitialUserNamespace);

    private static Errno MountTmpfs(string target)
    {
        const nuint flags = Mount.MS_NOSUID | Mount.MS_NODEV | Mount.MS_NOEXEC;
        Errno errno = ErrnoOf(Libc.mount("tmpfs", target, "tmpfs", flags, "mode=755"));
        return errno == Errno.None ? Make() : errno;
    }

    private static Errno MakeShared() =>
        ErrnoOf(Libc.mount("", Path, "none", Mount.MS_SHARED | Mount.MS_REC, null));

    private static Errno Share()
    {
        Errno errno = MakeShared();
        if (errno != Errno.EINVAL)
        {
            return errno;
        }

        // EINVAL: not a mount point yet.
        errno = ErrnoOf(Libc.mount(Path, Path, "none", Mount.MS_BIND | Mount.MS_REC, null));
        return errno == Errno.None ? MakeShared() : errno;
    }

    /// <summary>Does a step while holding the lock of a directory. Whoever can read it can hold the lock, for as long as
    /// they like: so it is tried and not waited for.</summary>
    internal static Errno Locked(string directory, Func<Errno> step, TimeSpan longestWait, CancellationToken cancellation)
    {
        int fd = Libc.open(directory, Fcntl.O_RDONLY | Fcntl.O_CLOEXEC);
        if (fd < 0)
        {
            return ErrnoOf(fd);
        }

        try
        {
            long started = Stopwatch.GetTimestamp();

            // As in iproute2, a file system without locks is no reason to stop.
            while (ErrnoOf(Libc.flock(fd, Fcntl.LOCK_EX | Fcntl.LOCK_NB)) is Errno.EAGAIN or Errno.EINTR)
            {
                if (Stopwatch.GetElapsedTime(started) >= longestWait)
                {
                    throw NetNamespaceException.Locked(directory, longestWait);
                }

                cancellation.WaitHandle.WaitOne(PauseMilliseconds);
                cancellation.ThrowIfCancellationRequested();
            }

            return step();
        }
        finally
        {
            Libc.close(fd);
        }
    }

    private static Errno ErrnoOf(int returned) => returned < 0 ? Libc.LastErrno : Errno.None;
}
