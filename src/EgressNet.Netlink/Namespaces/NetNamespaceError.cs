namespace EgressNet.Netlink.Namespaces;

/// <summary>The kind of failure of an operation on a network namespace.</summary>
public enum NetNamespaceError
{
    /// <summary>Any other error of the kernel; see <see cref="NetNamespaceException.Errno"/>.</summary>
    Failed,

    /// <summary>No such name, path or process.</summary>
    NotFound,

    /// <summary>The path exists but is not a network namespace: another kind of file or namespace, or a stale name under
    /// /run/netns.</summary>
    NotANamespace,

    /// <summary>The reference leads to another namespace than the one that was read: it was created again, or the process is
    /// another one.</summary>
    Changed,

    /// <summary>The kernel refused for lack of rights (EACCES, EPERM), or the place is read-only.</summary>
    AccessDenied,

    /// <summary>A namespace of that name exists already.</summary>
    AlreadyExists,

    /// <summary>The kernel finds the path too long (ENAMETOOLONG).</summary>
    InvalidName,

    /// <summary>Another process holds the lock on the directory of names.</summary>
    Busy,
}
