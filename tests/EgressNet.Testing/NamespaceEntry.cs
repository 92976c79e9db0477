using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EgressNet.Testing;

/// <summary>A thread that enters a network namespace and ends there.</summary>
internal static partial class NamespaceEntry
{
    private const int CLONE_NEWNET = 0x40000000;

    public static T Run<T>(string path, Func<T> work)
    {
        using SafeFileHandle file = File.OpenHandle(path);
        return OwnThread.Run(() => setns(file, CLONE_NEWNET) == 0 ? work() : throw new Win32Exception());
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setns(SafeFileHandle file, int type);
}
