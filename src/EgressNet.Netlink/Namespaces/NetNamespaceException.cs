using System.Runtime.InteropServices;
using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Namespaces;

/// <summary>A network namespace could not be opened, entered, created, removed or configured.</summary>
public sealed class NetNamespaceException : Exception
{
    internal NetNamespaceException(NetNamespaceError reason, int errno, string path, string message)
        : base(message)
    {
        Reason = reason;
        Errno = errno;
        Path = path;
    }

    /// <summary>The kind of failure.</summary>
    public NetNamespaceError Reason { get; }

    /// <summary>The error number of the failed system call (errno.h), or 0 where no call failed.</summary>
    public int Errno { get; }

    /// <summary>Whether something has run out, descriptors or memory: nothing is known of the namespace.</summary>
    public bool IsExhausted => (Errno)Errno is Interop.Errno.ENOMEM or Interop.Errno.ENFILE or Interop.Errno.EMFILE;

    /// <summary>The file the failed system call was about.</summary>
    public string Path { get; }

    internal static NetNamespaceException Last(string what, string path) =>
        FromErrno(what, path, Marshal.GetLastPInvokeError());

    internal static NetNamespaceException FromErrno(string what, string path, int errno) =>
        new(ReasonOf(errno), errno, path, $"{what}: {Marshal.GetPInvokeErrorMessage(errno)} ({path}).");

    internal static NetNamespaceException NotANamespace(string path, int errno) =>
        new(NetNamespaceError.NotANamespace, errno, path, $"'{path}' is not a network namespace.");

    internal static NetNamespaceException CannotOpen(string path, int errno)
    {
        const string what = "Cannot open the network namespace";
        return errno == (int)Interop.Errno.ENOENT && new FileInfo(path).LinkTarget is { } target
            ? new(
                NetNamespaceError.NotFound, errno, path, $"{what}: '{path}' is a link to '{target}', which is not there.")
            : FromErrno(what, path, errno);
    }

    internal static NetNamespaceException Changed(
        NetNamespace ns, NetNamespaceIdentity read, NetNamespaceIdentity found) =>
        new(
            NetNamespaceError.Changed,
            0,
            ns.Path,
            $"'{ns}' is another network namespace by now: {found}, and not {read} as when it was read.");

    internal static NetNamespaceException Locked(string path, TimeSpan waited) =>
        new(
            NetNamespaceError.Busy,
            (int)Interop.Errno.EAGAIN,
            path,
            $"Another process has held the lock on '{path}' for {waited.TotalSeconds:0.###} s (flock); see lslocks.");

    private static NetNamespaceError ReasonOf(int errno) => (Interop.Errno)errno switch
    {
        Interop.Errno.ENOENT or Interop.Errno.ENOTDIR or Interop.Errno.ESRCH => NetNamespaceError.NotFound,
        Interop.Errno.EPERM or Interop.Errno.EACCES or Interop.Errno.EROFS => NetNamespaceError.AccessDenied,
        Interop.Errno.EEXIST => NetNamespaceError.AlreadyExists,
        Interop.Errno.ENAMETOOLONG => NetNamespaceError.InvalidName,
        _ => NetNamespaceError.Failed,
    };
}
