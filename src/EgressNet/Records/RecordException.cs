using EgressNet.Netlink;
using static EgressNet.Netlink.Errno;

namespace EgressNet.Records;

/// <summary>A record of attachments that cannot be read or written.</summary>
public sealed class RecordException : Exception
{
    internal RecordException(string path, string what, Exception cause)
        : base($"The record '{path}' cannot be {what}: {cause.Message}", cause) => Path = path;

    private RecordException(string path, Exception cause) : base(cause.Message, cause) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Whether something has run out: space, memory or descriptors.</summary>
    public bool IsExhausted => (Errno?)InnerException?.HResult is ENOMEM or ENFILE or EMFILE or ENOSPC or EDQUOT;

    /// <summary>Whether the process or the system has no descriptor left.</summary>
    public bool IsOutOfDescriptors => (Errno?)InnerException?.HResult is ENFILE or EMFILE;

    /// <summary>Whether nothing can be added to the file system: it is full, or only to be read.</summary>
    public bool IsUnwritable => IsUnwritableErrno((Errno?)InnerException?.HResult);

    /// <summary>A lock that cannot be acquired: something other than a file may be in its place.</summary>
    internal static RecordException OfLock(string path, IOException cause) => new(path, cause);

    internal static bool IsUnwritableErrno(Errno? errno) => errno is ENOSPC or EROFS or EDQUOT;

    /// <summary>Whether it takes rights that the caller does not have.</summary>
    public bool IsDenied => InnerException is UnauthorizedAccessException;
}
