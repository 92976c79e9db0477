using System.Runtime.InteropServices;
using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Namespaces;

/// <summary>An open network namespace. As long as it is open the namespace lives on, even with its name removed and every
/// process of it gone. Not inherited by child processes.</summary>
public sealed class NetNamespaceHandle : SafeHandle
{
    /// <summary>Takes over <paramref name="fd"/>, and closes it if it is no network namespace.</summary>
    internal NetNamespaceHandle(int fd, string path) : base(-1, ownsHandle: true)
    {
        SetHandle(fd);
        Path = path;

        int type = Libc.ioctl(fd, Nsfs.NS_GET_NSTYPE);
        if (type == Sched.CLONE_NEWNET && NetNamespaceIdentity.TryRead(fd, out NetNamespaceIdentity identity))
        {
            Identity = identity;
            return;
        }

        Errno errno = type == -1 ? Libc.LastErrno : Errno.None;
        Dispose();
        throw NetNamespaceException.NotANamespace(path, errno);
    }

    /// <summary>The identity of the namespace, without its cookie, which only a socket inside can read. It stays readable
    /// after the handle is closed.</summary>
    public NetNamespaceIdentity Identity { get; }

    /// <summary>The path it was opened by, which may lead to another namespace by now.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == -1;

    internal static NetNamespaceHandle Open(string path)
    {
        // The path may be anything. O_PATH does not open what it leads to: no device starts, no FIFO gets a reader.
        int fd = Libc.open(path, Fcntl.O_PATH | Fcntl.O_CLOEXEC);
        if (fd < 0)
        {
            throw NetNamespaceException.CannotOpen(path, Libc.LastErrno);
        }

        try
        {
            return IsNsfs(fd) ? Reopen(fd, path) : throw NetNamespaceException.NotANamespace(path, 0);
        }
        finally
        {
            Libc.close(fd);
        }
    }

    internal NetNamespaceHandle Duplicate()
    {
        bool held = false;
        try
        {
            DangerousAddRef(ref held);
            return Reopen((int)handle, Path);
        }
        finally
        {
            if (held)
            {
                DangerousRelease();
            }
        }
    }

    /// <summary>Closes the file.</summary>
    protected override bool ReleaseHandle() => Libc.close((int)handle) == 0;

    private static bool IsNsfs(int fd)
    {
        Span<uint> status = stackalloc uint[64];
        return Libc.fstatfs(fd, status) == 0 && status[0] == Nsfs.NSFS_MAGIC;
    }

    private static NetNamespaceHandle Reopen(int fd, string path)
    {
        int opened = Libc.open($"/proc/self/fd/{fd}", Fcntl.O_RDONLY | Fcntl.O_CLOEXEC);
        return opened >= 0
            ? new NetNamespaceHandle(opened, path)
            : throw NetNamespaceException.Last("Cannot open the network namespace", path);
    }
}
