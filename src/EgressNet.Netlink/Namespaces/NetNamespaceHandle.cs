using System.Runtime.InteropServices;
using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Namespaces;

/// <summary>
/// An open network namespace. As long as it is open the namespace lives on, even with its name removed and every
/// process of it gone. Not inherited by child processes.
/// </summary>
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

        int errno = type == -1 ? Marshal.GetLastPInvokeError() : 0;
        Dispose();
        throw NetNamespaceException.NotANamespace(path, errno);
    }

    /// <summary>Which namespace this is. Stays readable after the handle is closed.</summary>
    public NetNamespaceIdentity Identity { get; }

    /// <summary>The path it was opened by, which may mean something else by now.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == -1;

    internal static NetNamespaceHandle Open(string path)
    {
        // Not blocking: the path may be a FIFO, which we open only to find that it is no namespace.
        const int flags = Fcntl.O_RDONLY | Fcntl.O_CLOEXEC | Fcntl.O_NOCTTY | Fcntl.O_NONBLOCK;

        int fd = Libc.open(path, flags);
        return fd >= 0
            ? new NetNamespaceHandle(fd, path)
            : throw NetNamespaceException.Last("Cannot open the network namespace", path);
    }

    /// <summary>Closes the file.</summary>
    protected override bool ReleaseHandle() => Libc.close((int)handle) == 0;
}
