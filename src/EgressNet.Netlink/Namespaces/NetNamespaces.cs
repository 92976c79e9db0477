using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Namespaces;

/// <summary>The named network namespaces under /run/netns, shared with <c>ip netns</c>.</summary>
public static class NetNamespaces
{
    /// <summary>The names under /run/netns, in ordinal order; none if the directory is missing. As with <c>ip netns list</c>,
    /// a stale entry is listed too, and opening it fails with NotANamespace.</summary>
    /// <exception cref="NetNamespaceException">AccessDenied: the directory is not readable.</exception>
    public static IReadOnlyList<NamespaceReference> List()
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(NetNamespaceName.Directory)
                .Order(StringComparer.Ordinal)
                .Select(NamespaceReference.FromPath)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (UnauthorizedAccessException)
        {
            throw NetNamespaceException.FromErrno(
                "Cannot list the network namespaces", NetNamespaceName.Directory, Errno.EACCES);
        }
    }

    /// <summary>Creates a named network namespace like <c>ip netns add</c>: its only interface is lo, which is down. It needs
    /// CAP_SYS_ADMIN.</summary>
    /// <remarks>An unprivileged user has that right in a user and mount namespace of their own (<c>unshare -Urnm</c>), but
    /// cannot write to /run there. In that case a tmpfs is mounted over /run/netns, or over /run if there is no such
    /// directory. It is seen by the processes in that mount namespace only and goes with it; what was below is hidden from
    /// them.</remarks>
    /// <param name="name">See <see cref="NamespaceReference.FromName"/>.</param>
    /// <param name="cancellationToken">Ends the wait for the lock on the directory, the only one here.</param>
    /// <exception cref="ArgumentException">The name breaks the rule for names.</exception>
    /// <exception cref="NetNamespaceException">AlreadyExists, AccessDenied, Busy, or Failed: ENOSPC means that the limit in
    /// user.max_net_namespaces is reached. The name is then left as it was.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing was created.</exception>
    public static NamespaceReference Create(string name, CancellationToken cancellationToken = default)
    {
        NamespaceReference ns = NamespaceReference.FromName(name);
        NetNamespaceDirectory.Prepare(cancellationToken);

        const int flags = Fcntl.O_RDONLY | Fcntl.O_CREAT | Fcntl.O_EXCL | Fcntl.O_CLOEXEC;
        int fd = Libc.open(ns.Path, flags);
        if (fd < 0)
        {
            throw NetNamespaceException.Last($"Cannot create the network namespace '{name}'", ns.Path);
        }

        Libc.close(fd);
        try
        {
            NamespaceThread.RunApart(() => BindNewNamespace(ns));
        }
        catch
        {
            Libc.unlink(ns.Path);
            throw;
        }

        return ns;
    }

    /// <summary>Whether the name is in use: by a namespace, a stale entry, or a dangling symbolic link.</summary>
    /// <param name="name">See <see cref="NamespaceReference.FromName"/>.</param>
    /// <exception cref="ArgumentException">The name breaks the rule for names.</exception>
    public static bool Exists(string name) => IsThere(NamespaceReference.FromName(name).Path);

    /// <summary>Removes the name like <c>ip netns delete</c>. The kernel removes the namespace itself, asynchronously, when
    /// no process, socket or open handle is left in it.</summary>
    /// <param name="name">See <see cref="NamespaceReference.FromName"/>.</param>
    /// <exception cref="ArgumentException">The name breaks the rule for names.</exception>
    /// <exception cref="NetNamespaceException">NotFound, AccessDenied, or Failed.</exception>
    public static void Remove(string name)
    {
        NamespaceReference ns = NamespaceReference.FromName(name);
        string what = $"Cannot remove the network namespace '{name}'";
        ThrowIfAbsent(name);
        Errno errno;
        do
        {
            errno = Libc.umount2(ns.Path, Mount.MNT_DETACH | Mount.UMOUNT_NOFOLLOW) == 0
                ? Errno.None
                : Libc.LastErrno;
        }
        while (errno == Errno.None);

        // EINVAL: nothing is mounted there, or no longer. What remains is a file.
        if (errno != Errno.EINVAL || Libc.unlink(ns.Path) != 0)
        {
            throw NetNamespaceException.Last(what, ns.Path);
        }
    }

    /// <summary>Throws for a name that <see cref="Create"/> would find in use.</summary>
    /// <param name="name">See <see cref="NamespaceReference.FromName"/>.</param>
    /// <exception cref="NetNamespaceException">AlreadyExists.</exception>
    public static void ThrowIfTaken(string name)
    {
        if (Exists(name))
        {
            throw NetNamespaceException.FromErrno(
                $"Cannot create the network namespace '{name}'", NamespaceReference.FromName(name).Path, Errno.EEXIST);
        }
    }

    /// <summary>Refuses a name that <see cref="Remove"/> would not find.</summary>
    /// <param name="name">See <see cref="NamespaceReference.FromName"/>.</param>
    /// <exception cref="NetNamespaceException">NotFound.</exception>
    public static void ThrowIfAbsent(string name)
    {
        string path = NamespaceReference.FromName(name).Path;
        if (!IsThere(path))
        {
            throw NetNamespaceException.Last($"Cannot remove the network namespace '{name}'", path);
        }
    }

    private static bool IsThere(string path) =>
        Libc.statx(Fcntl.AT_FDCWD, path, Fcntl.AT_SYMLINK_NOFOLLOW, Statx.STATX_INO, out _) == 0;

    private static bool BindNewNamespace(NamespaceReference ns)
    {
        if (Libc.unshare(Sched.CLONE_NEWNET) != 0 ||
            Libc.mount(NamespaceReference.CallingThreadPath, ns.Path, "none", Mount.MS_BIND, null) != 0)
        {
            throw NetNamespaceException.Last($"Cannot create the network namespace '{ns}'", ns.Path);
        }

        return true;
    }
}
