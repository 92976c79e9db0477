using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Namespaces;

/// <summary>The identity of a network namespace. Two open handles refer to the same namespace if and only if device and inode
/// are equal. A namespace read earlier may be gone, and a new one often gets its inode number: the cookie distinguishes
/// those.</summary>
/// <param name="Device">Device number of the nsfs file, st_dev as stat(2) gives it.</param>
/// <param name="Inode">Inode number of the nsfs file; the number in <c>net:[4026531840]</c>.</param>
/// <param name="Cookie">SO_NETNS_COOKIE of a socket inside, which the kernel gives once and never again until it boots.
/// Null where it is not known: before Linux 5.14, and where nobody looked inside.</param>
public readonly record struct NetNamespaceIdentity(ulong Device, ulong Inode, ulong? Cookie = null)
{
    internal static NetNamespaceIdentity OfCallingThread
    {
        get
        {
            string path = NamespaceReference.CallingThreadPath;
            if (Libc.statx(Fcntl.AT_FDCWD, path, 0, Statx.STATX_INO, out Statx stat) != 0)
            {
                throw NetNamespaceException.Last("Cannot identify the current network namespace", path);
            }

            return From(stat);
        }
    }

    /// <summary>Whether both mean the same namespace, as far as both tell: by the cookie where both have one.</summary>
    /// <param name="other">The other identity.</param>
    /// <returns>True where nothing says otherwise.</returns>
    public bool Agrees(NetNamespaceIdentity other) =>
        (Device, Inode) == (other.Device, other.Inode)
        && (Cookie is null || other.Cookie is null || Cookie == other.Cookie);

    internal static bool TryRead(int fd, out NetNamespaceIdentity identity)
    {
        bool ok = Libc.statx(fd, "", Fcntl.AT_EMPTY_PATH, Statx.STATX_INO, out Statx stat) == 0;
        identity = From(stat);
        return ok;
    }

    internal static bool TryRead(string path, out NetNamespaceIdentity identity)
    {
        bool ok = Libc.statx(Fcntl.AT_FDCWD, path, 0, Statx.STATX_INO, out Statx stat) == 0;
        identity = From(stat);
        return ok;
    }

    private static NetNamespaceIdentity From(in Statx stat) =>
        new(MakeDev(stat.stx_dev_major, stat.stx_dev_minor), stat.stx_ino);

    private static ulong MakeDev(ulong major, ulong minor) =>
        (major & 0xfffff000) << 32 | (major & 0xfff) << 8 | (minor & 0xffffff00) << 12 | minor & 0xff;

    /// <summary>The identity as <c>device:inode</c>, or <c>device:inode:cookie</c> with a cookie, all decimal.</summary>
    public override string ToString() => string.Create(null, $"{Device}:{Inode}{(Cookie is null ? "" : ":")}{Cookie}");
}
