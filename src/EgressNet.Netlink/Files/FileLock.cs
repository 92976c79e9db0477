using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Files;

/// <summary>An exclusive lock on a file (flock(2)), released at the latest when the process ends. Only root can open the
/// file, so no other user can hold it.</summary>
internal sealed class FileLock : IDisposable
{
    private const uint OwnerOnly = 0b110_000_000;
    private readonly string _path;
    private int _fd;

    private FileLock(string path, int fd) => (_path, _fd) = (path, fd);

    /// <summary>Acquires the lock, and creates its file if necessary.</summary>
    /// <param name="path">The file, in a directory that is there.</param>
    /// <returns>Null while somebody else holds it.</returns>
    /// <exception cref="IOException">The file cannot be made or locked; its HResult is the errno.</exception>
    public static FileLock? TryTake(string path)
    {
        try
        {
            return TryOpen(path, Fcntl.O_RDWR | Fcntl.O_CREAT | Fcntl.O_NOFOLLOW, Fcntl.LOCK_EX, out bool _);
        }
        catch (IOException error) when ((Errno)error.HResult == Errno.EROFS)
        {
            // What is there can be locked all the same.
            FileLock? taken = TryOpen(path, 0, Fcntl.LOCK_EX, out bool isAbsent);
            if (taken is null && isAbsent)
            {
                throw;
            }

            return taken;
        }
    }

    /// <summary>Acquires the lock on a directory, without creating anything.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="isAbsent">Whether there is none.</param>
    /// <returns>Null while somebody else holds it.</returns>
    /// <exception cref="IOException">It cannot be locked; its HResult is the errno.</exception>
    public static FileLock? TryTakeDirectory(string path, out bool isAbsent) =>
        TryOpen(path, 0, Fcntl.LOCK_EX, out isAbsent);

    /// <summary>Whether another process holds the lock.</summary>
    /// <param name="path">The file.</param>
    /// <returns>False also where there is no file.</returns>
    /// <exception cref="IOException">The file cannot be opened; its HResult is the errno.</exception>
    public static bool IsHeld(string path)
    {
        // Shared, so that two who ask are not taken for somebody who works.
        using FileLock? own = TryOpen(path, 0, Fcntl.LOCK_SH, out bool isAbsent);
        return own is null && !isAbsent;
    }

    /// <summary>Deletes the file, so that the next lock is on a new one; a directory is kept.</summary>
    public void Delete() => _ = Libc.unlink(_path);

    /// <summary>Lets the lock go.</summary>
    public void Dispose()
    {
        if (_fd >= 0)
        {
            // Until it runs its program, a process that another thread starts has the descriptor too.
            _ = Libc.flock(_fd, Fcntl.LOCK_UN);
            _ = Libc.close(_fd);
            _fd = -1;
        }
    }

    private static FileLock? TryOpen(string path, int flags, int operation, out bool isAbsent)
    {
        while (true)
        {
            int fd = Libc.open(path, Fcntl.O_CLOEXEC | flags, OwnerOnly);
            isAbsent = fd < 0 && Libc.LastErrno == Errno.ENOENT
                && (flags & Fcntl.O_CREAT) == 0;
            if (isAbsent)
            {
                return null;
            }

            if (fd < 0)
            {
                throw Failure(path);
            }

            if (Libc.flock(fd, operation | Fcntl.LOCK_NB) == 0)
            {
                if (IsLinked(fd))
                {
                    return new FileLock(path, fd);
                }

                // Who held it has deleted the file since it was opened.
                _ = Libc.close(fd);
                continue;
            }

            IOException failure = Failure(path);
            _ = Libc.close(fd);
            return (Errno)failure.HResult == Errno.EAGAIN ? null : throw failure;
        }
    }

    private static bool IsLinked(int fd) =>
        Libc.statx(fd, "", Fcntl.AT_EMPTY_PATH, Statx.STATX_NLINK, out Statx stat) == 0 && stat.stx_nlink > 0;

    private static IOException Failure(string path)
    {
        Errno errno = Libc.LastErrno;
        return new IOException($"Cannot lock '{path}': {errno.Text}.", (int)errno);
    }
}
