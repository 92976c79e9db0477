namespace EgressNet.Netlink.Namespaces;

/// <summary>What kind of thing went wrong with a network namespace.</summary>
public enum NetNamespaceError
{
    /// <summary>Any other refusal of the kernel; <see cref="NetNamespaceException.Errno"/> tells which.</summary>
    Failed,

    /// <summary>No such name, path or process.</summary>
    NotFound,

    /// <summary>The path exists, but is no network namespace: another kind of file, another kind of namespace, or a name
    /// left behind under /run/netns after its mount went.</summary>
    NotANamespace,

    /// <summary>What the reference leads to is another namespace than the one that was read: it was made anew, or the
    /// process is another one.</summary>
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
