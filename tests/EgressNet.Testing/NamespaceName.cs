using System.ComponentModel;
using System.Runtime.InteropServices;

namespace EgressNet.Testing;

/// <summary>Gives network namespaces names as <c>ip netns</c> does, without a program: a process costs ten times
/// what the namespace does.</summary>
internal static partial class NamespaceName
{
    private const int CLONE_NEWNET = 0x40000000;
    private const nuint MS_BIND = 4096;
    private const int MNT_DETACH = 2;

    /// <summary>As <c>ip netns add</c>, once that has made the folder and its mount.</summary>
    public static void Add(string path)
    {
        File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write).Dispose();
        OwnThread.Run(() =>
            unshare(CLONE_NEWNET) == 0 && mount("/proc/thread-self/ns/net", path, "none", MS_BIND, 0) == 0
                ? true
                : throw new Win32Exception());
    }

    /// <summary>As <c>ip netns del</c>, of what may have gone.</summary>
    public static void Delete(string path)
    {
        _ = umount2(path, MNT_DETACH);
        File.Delete(path);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int unshare(int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mount(string source, string target, string type, nuint flags, nint data);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int umount2(string target, int flags);
}
