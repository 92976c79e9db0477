using System.Text;
using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Files;

/// <summary>The first names in a directory. libc reads 32 KiB of them at once, and .NET by it.</summary>
internal static class DirectoryHead
{
    // struct linux_dirent64: d_ino, d_off, d_reclen, d_type, d_name. One with the longest name fits.
    private const int Bytes = 512, LengthAt = 16, NameAt = 19;

    /// <summary>Reads them.</summary>
    /// <param name="path">The directory.</param>
    /// <returns>Some names, in no order; none where it is empty, or cannot be read.</returns>
    public static IReadOnlyList<string> Names(string path)
    {
        int fd = Libc.open(path, Fcntl.O_RDONLY | Fcntl.O_CLOEXEC);
        if (fd < 0)
        {
            return [];
        }

        try
        {
            byte[] buffer = new byte[Bytes];
            return Parse(buffer.AsSpan(0, Math.Max(0, Libc.getdents64(fd, buffer))));
        }
        finally
        {
            Libc.close(fd);
        }
    }

    private static List<string> Parse(ReadOnlySpan<byte> entries)
    {
        List<string> names = [];
        while (entries.Length > NameAt)
        {
            int length = BitConverter.ToUInt16(entries[LengthAt..]);
            ReadOnlySpan<byte> name = entries[NameAt..length];
            string text = Encoding.UTF8.GetString(name[..name.IndexOf((byte)0)]);
            if (text is not ("." or ".."))
            {
                names.Add(text);
            }

            entries = entries[length..];
        }

        return names;
    }
}
