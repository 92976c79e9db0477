using System.Runtime.InteropServices;
using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Namespaces;

/// <summary>
/// What tells one living network namespace from another: two names, paths or handles mean the same namespace when,
/// and only when, their identities are equal. The kernel may give a number again once a namespace is gone.
/// </summary>
/// <param name="Device">Device number of the nsfs file, st_dev as stat(2) gives it.</param>
/// <param name="Inode">Inode number of the nsfs file; the number in <c>net:[4026531840]</c>.</param>
public readonly record struct NetNamespaceIdentity(ulong Device, ulong Inode)
{
    internal static NetNamespaceIdentity OfCallingThread
    {
        get
        {
            string path = NetNamespace.CallingThreadPath;
            if (Libc.statx(Fcntl.AT_FDCWD, path, 0, Statx.STATX_INO, out Statx stat) != 0)
            {
                throw NetNamespaceException.Last("Cannot identify the current network namespace", path);
            }

            return From(stat);
        }
    }

    internal static bool TryRead(int fd, out NetNamespaceIdentity identity)
    {
        bool ok = Libc.statx(fd, "", Fcntl.AT_EMPTY_PATH, Statx.STATX_INO, out Statx stat) == 0;
        identity = From(stat);
        return ok;
    }

    private static NetNamespaceIdentity From(in Statx stat) =>
        new(MakeDev(stat.stx_dev_major, stat.stx_dev_minor), stat.stx_ino);

    private static ulong MakeDev(ulong major, ulong minor) =>
        (major & 0xfffff000) << 32 | (major & 0xfff) << 8 | (minor & 0xffffff00) << 12 | minor & 0xff;

    /// <summary>The identity as <c>device:inode</c>, both decimal.</summary>
    public override string ToString() => string.Create(null, $"{Device}:{Inode}");
}
