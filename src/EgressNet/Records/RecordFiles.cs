using EgressNet.Netlink;
using EgressNet.Netlink.Files;
using static EgressNet.Netlink.Errno;

namespace EgressNet.Records;

/// <summary>The file operations of the records. Every failure is a <see cref="RecordException"/>.</summary>
internal class RecordFiles
{
    public const string TemporarySuffix = ".new";

    private const int DirectoryAttempts = 100;

    private const UnixFileMode DirectoryMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private const UnixFileMode FileMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Reads a file; a directory in its place reads as an empty one. Without the file, it reads the temporary one
    /// that an interrupted writer left beside it.</summary>
    public byte[]? Read(string path) => Ask(path, () => ReadOrNull(path) ?? ReadOrNull(TemporaryOf(path)));

    /// <summary>Whether the file, or a temporary one that was to become it, exists. It takes no descriptor.</summary>
    public bool Exists(string path) => Ask(path, () => Path.Exists(path) || Path.Exists(TemporaryOf(path)));

    public string? LinkTarget(string path) => Ask(path, () => new FileInfo(path).LinkTarget);

    /// <summary>Whether something other than a symbolic link exists there.</summary>
    public bool IsNoLink(string path) => Ask(path, () =>
    {
        try
        {
            return !File.GetAttributes(path).HasFlag(FileAttributes.ReparsePoint);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    });

    public string[] Names(string directory) => Ask(directory, () =>
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(directory).Select(path => Path.GetFileName(path)).ToArray();
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    });

    /// <summary>The first few names in a directory, in a time that does not grow with it; none where it cannot be read.</summary>
    public IReadOnlyList<string> SomeNames(string directory) => Ask(directory, () => DirectoryHead.Names(directory));

    /// <summary>The first matching name in a directory.</summary>
    public string? FindName(string directory, Func<string, bool> matches) => Ask(directory, () =>
    {
        try
        {
            return Directory.Exists(directory)
                ? Directory.EnumerateFileSystemEntries(directory).Select(path => Path.GetFileName(path)).FirstOrDefault(matches)
                : null;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
    });

    /// <summary>Writes a file atomically.</summary>
    public void Write(string path, byte[] content)
    {
        Replace(path, temporary =>
        {
            File.WriteAllBytes(temporary, content);
            File.SetUnixFileMode(temporary, FileMode);
        });
    }

    public void Delete(string path) => Change(path, () =>
    {
        DeleteAny(TemporaryOf(path));
        DeleteAny(path);
    });

    /// <summary>Creates a symbolic link unless something exists there, and its directory if necessary.</summary>
    /// <returns>False where something is.</returns>
    public bool TryLink(string path, string target)
    {
        bool? isMade = null;
        while (isMade is null)
        {
            MakeDirectory(Path.GetDirectoryName(path)!);
            Change(path, () => isMade = TryCreateLink(path, target));
        }

        return isMade.Value;
    }

    /// <summary>Replaces the target of a symbolic link atomically.</summary>
    public void Relink(string path, string target)
    {
        Replace(path, temporary =>
        {
            File.Delete(temporary);
            File.CreateSymbolicLink(temporary, target);
        });
    }

    public void MakeDirectory(string path) => Change(path, () =>
    {
        for (int attempt = 0; !Directory.Exists(path); attempt++)
        {
            try
            {
                Directory.CreateDirectory(path, DirectoryMode);
            }
            catch (IOException taken) when ((Errno)taken.HResult == EEXIST && !Path.Exists(path))
            {
                // Whoever made it has deleted it again.
            }
            catch (DirectoryNotFoundException) when (attempt < DirectoryAttempts)
            {
                // Somebody has deleted the one above it, as an empty one.
            }
        }
    });

    /// <summary>Deletes a directory unless something is in it.</summary>
    public void DeleteDirectory(string path) => Change(path, () =>
    {
        try
        {
            Directory.Delete(path);
        }
        catch (IOException)
        {
        }
    });

    /// <summary>Runs a change of the file system; every change goes through here.</summary>
    protected virtual void Change(string path, Action change) => Guard(path, "written", () =>
    {
        change();
        return true;
    });

    /// <summary>Runs a read of the file system; every read goes through here.</summary>
    protected virtual T Ask<T>(string path, Func<T> question) => Guard(path, "read", question);

    private void Replace(string path, Action<string> make)
    {
        string temporary = TemporaryOf(path);
        MakeDirectory(Path.GetDirectoryName(path)!);
        try
        {
            Change(temporary, () => make(temporary));
            Change(path, () => MoveOverAny(temporary, path));
        }
        catch (RecordException)
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static string TemporaryOf(string path) => $"{path}{TemporarySuffix}";

    // Null where somebody deleted the directory since it was empty.
    private static bool? TryCreateLink(string path, string target)
    {
        try
        {
            File.CreateSymbolicLink(path, target);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
        catch (IOException taken) when ((Errno)taken.HResult == EEXIST)
        {
            return false;
        }
    }

    private static byte[]? ReadOrNull(string path)
    {
        try
        {
            return SharedFile.ReadOrNull(path);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException && Directory.Exists(path))
        {
            return [];
        }
    }

    private static void MoveOverAny(string temporary, string path)
    {
        if (IsDirectory(path))
        {
            Directory.Delete(path, recursive: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    // Somebody may have put a directory in a record's place.
    private static bool IsDirectory(string path) =>
        Directory.Exists(path) && new FileInfo(path).LinkTarget is null;

    private static void DeleteAny(string path)
    {
        if (IsDirectory(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }

    private static T Guard<T>(string path, string what, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new RecordException(path, what, refused);
        }
    }
}
