using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Files;

/// <summary>The file descriptors that the process may still open.</summary>
internal static class FreeDescriptors
{
    /// <summary>Whether so many are free, at the cost of three system calls. The kernel gives out the lowest free one: where
    /// the first of the last ones is free, so are the others.</summary>
    public static bool AreAtLeast(int count)
    {
        Span<ulong> limits = stackalloc ulong[2];
        if (Libc.getrlimit(Fcntl.RLIMIT_NOFILE, limits) < 0)
        {
            return false;
        }

        long first = (long)Math.Min(limits[0], int.MaxValue) - count;
        int probe = first < 0 ? -1 : Libc.fcntl(0, Fcntl.F_DUPFD_CLOEXEC, (nint)first);
        if (probe >= 0)
        {
            _ = Libc.close(probe);
        }

        return probe == first;
    }
}
