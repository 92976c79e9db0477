using EgressNet.Netlink.Interop;
using Microsoft.Win32.SafeHandles;

namespace EgressNet.Netlink.Files;

/// <summary>Reads files without a lock. .NET locks what it opens (flock(2)), so that any process that can read a file could
/// block it.</summary>
internal static class SharedFile
{
    /// <summary>Reads a whole file, whoever has locked it.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a directory.</exception>
    public static byte[] ReadAllBytes(string path) => ReadOrNull(path) ?? File.ReadAllBytes(path);

    /// <summary>Reads a whole file where there is one, without an exception where there is none.</summary>
    /// <returns>Null without the file.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a directory.</exception>
    public static byte[]? ReadOrNull(string path)
    {
        int fd = Libc.open(path, Fcntl.O_RDONLY | Fcntl.O_CLOEXEC);
        if (fd < 0)
        {
            // Refused as well, with the error that people know.
            return Libc.LastErrno == Errno.ENOENT ? null : File.ReadAllBytes(path);
        }

        using FileStream file = new(new SafeFileHandle(fd, ownsHandle: true), FileAccess.Read, bufferSize: 0);
        using MemoryStream content = new();
        file.CopyTo(content);
        return content.ToArray();
    }
}
