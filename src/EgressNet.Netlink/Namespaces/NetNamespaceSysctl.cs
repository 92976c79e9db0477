using System.Text;
using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Namespaces;

/// <summary>Reads and writes the settings under /proc/sys/net of a network namespace. A setting is named by its path under
/// /proc/sys, as in <c>net/ipv6/conf/all/disable_ipv6</c>.</summary>
internal static class NetNamespaceSysctl
{
    private const int UsualBytes = 4096;

    /// <summary>The value of a setting without white space around it, or null if the kernel has no such setting there: it is
    /// too old, the module is not loaded, or the interface in the path is not in this namespace.</summary>
    /// <exception cref="ArgumentException">The setting is not under net/.</exception>
    /// <exception cref="NetNamespaceException">The namespace or the file refused; see its Reason.</exception>
    public static string? Read(NamespaceReference ns, string setting)
    {
        ArgumentNullException.ThrowIfNull(ns);
        string path = PathOf(setting);
        return NamespaceThread.Run(ns, () => ReadHere(path, UsualBytes));
    }

    /// <summary>Writes a setting. The kernel decides which values are valid, and rounds some.</summary>
    /// <exception cref="ArgumentException">The setting is not under net/.</exception>
    /// <exception cref="NetNamespaceException">NotFound: there is no such setting. AccessDenied: no rights, or /proc/sys is
    /// read-only, as in many containers. Failed with EINVAL: the kernel does not take the value.</exception>
    public static void Write(NamespaceReference ns, string setting, string value)
    {
        ArgumentNullException.ThrowIfNull(ns);
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        string path = PathOf(setting);
        NamespaceThread.Run(ns, () => WriteHere(path, value));
    }

    private static string PathOf(string setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        string[] parts = setting.Split('/');
        bool valid = parts.Length > 1 && parts[0] == "net" && !parts.Any(part => part is "" or "." or "..");
        return valid && !setting.Contains('\0')
            ? $"/proc/sys/{setting}"
            : throw new ArgumentException($"'{setting}' is not a setting under net/.", nameof(setting));
    }

    private static string? ReadHere(string path, int bytes)
    {
        int fd = Libc.open(path, Fcntl.O_RDONLY | Fcntl.O_CLOEXEC);
        if (fd < 0)
        {
            NetNamespaceException fault = NetNamespaceException.Last("Cannot read the setting", path);
            return fault.Reason == NetNamespaceError.NotFound ? null : throw fault;
        }

        try
        {
            byte[] buffer = new byte[bytes];
            int length = (int)Libc.read(fd, buffer, (nuint)bytes);
            if (length < 0)
            {
                throw NetNamespaceException.Last("Cannot read the setting", path);
            }

            // The kernel cuts a value that does not fit, and a second read does not give the rest.
            return length < bytes ? Encoding.UTF8.GetString(buffer, 0, length).Trim() : ReadHere(path, bytes * 4);
        }
        finally
        {
            Libc.close(fd);
        }
    }

    private static bool WriteHere(string path, string value)
    {
        int fd = Libc.open(path, Fcntl.O_WRONLY | Fcntl.O_CLOEXEC);
        if (fd < 0)
        {
            throw NetNamespaceException.Last($"Cannot set the setting to '{value}'", path);
        }

        try
        {
            // A list longer than a page is taken in pieces.
            ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(value);
            while (rest.Length > 0)
            {
                int taken = (int)Libc.write(fd, rest, (nuint)rest.Length);
                if (taken <= 0)
                {
                    throw NetNamespaceException.Last($"Cannot set the setting to '{value}'", path);
                }

                rest = rest[taken..];
            }

            return true;
        }
        finally
        {
            Libc.close(fd);
        }
    }
}
