using EgressNet.Netlink.Interop;
using Microsoft.Win32.SafeHandles;

namespace EgressNet.Netlink.Files;

/// <summary>Reads files without a lock. .NET locks what it opens (flock(2)), so that any process that can read a file could
/// block it.</summary>
internal static class SharedFile
{
    /// <summary>Reads a whole file, whoever has locked it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a directory.</exception>
    public static byte[] ReadAllBytes(string path)
    {
        int fd = Libc.open(path, Fcntl.O_RDONLY | Fcntl.O_CLOEXEC);
        if (fd < 0)
        {
            // Refused as well, with the error that people know.
            return File.ReadAllBytes(path);
        }

        using FileStream file = new(new SafeFileHandle(fd, ownsHandle: true), FileAccess.Read, bufferSize: 0);
        using MemoryStream content = new();
        file.CopyTo(content);
        return content.ToArray();
    }
}
