using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Namespaces;

/// <summary>A network namespace could not be opened, entered, created, removed or configured.</summary>
public sealed class NetNamespaceException : Exception
{
    internal NetNamespaceException(NetNamespaceError reason, Errno errno, string path, string message)
        : base(message)
    {
        Reason = reason;
        Errno = errno;
        Path = path;
    }

    /// <summary>The kind of failure.</summary>
    public NetNamespaceError Reason { get; }

    /// <summary>The error number of the failed system call (errno.h), or none where no call failed.</summary>
    public Errno Errno { get; }

    /// <summary>Whether something has run out, descriptors or memory: nothing is known of the namespace.</summary>
    public bool IsExhausted => Errno is Errno.ENOMEM or Errno.ENFILE or Errno.EMFILE;

    /// <summary>The file the failed system call was about.</summary>
    public string Path { get; }

    internal static NetNamespaceException Last(string what, string path) =>
        FromErrno(what, path, Libc.LastErrno);

    internal static NetNamespaceException FromErrno(string what, string path, Errno errno) =>
        new(ReasonOf(errno), errno, path, $"{what}: {errno.Text} ({path}).");

    internal static NetNamespaceException NotANamespace(string path, Errno errno) =>
        new(NetNamespaceError.NotANamespace, errno, path, $"'{path}' is not a network namespace.");

    internal static NetNamespaceException CannotOpen(string path, Errno errno)
    {
        const string what = "Cannot open the network namespace";
        return errno == Errno.ENOENT && new FileInfo(path).LinkTarget is { } target
            ? new(
                NetNamespaceError.NotFound, errno, path, $"{what}: '{path}' is a link to '{target}', which is not there.")
            : FromErrno(what, path, errno);
    }

    internal static NetNamespaceException Changed(
        NamespaceReference ns, NetNamespaceIdentity read, NetNamespaceIdentity found) =>
        new(
            NetNamespaceError.Changed,
            Errno.None,
            ns.Path,
            $"'{ns}' is another network namespace by now: {found}, and not {read} as when it was read.");

    internal static NetNamespaceException Locked(string path, TimeSpan waited) =>
        new(
            NetNamespaceError.Busy,
            Errno.EAGAIN,
            path,
            $"Another process has held the lock on '{path}' for {waited.TotalSeconds:0.###} s (flock); see lslocks.");

    private static NetNamespaceError ReasonOf(Errno errno) => errno switch
    {
        Errno.ENOENT or Errno.ENOTDIR or Errno.ESRCH => NetNamespaceError.NotFound,
        Errno.EPERM or Errno.EACCES or Errno.EROFS => NetNamespaceError.AccessDenied,
        Errno.EEXIST => NetNamespaceError.AlreadyExists,
        Errno.ENAMETOOLONG => NetNamespaceError.InvalidName,
        _ => NetNamespaceError.Failed,
    };
}
