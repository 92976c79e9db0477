using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Xunit;

namespace EgressNet.Netlink.Tests.Netfilter;

/// <summary>A thread of its own that may do nothing special, as an ordinary user's.</summary>
internal static partial class WithoutCapabilities
{
    // linux/capability.h: _LINUX_CAPABILITY_VERSION_3, of which each thread of two words has its own.
    private const ulong OfThisThread = 0x20080522;

    public static void Run(Action act)
    {
        Exception? failure = null;
        Thread thread = new(() => failure = Record.Exception(() =>
        {
            Assert.Equal(0, capset(OfThisThread, new uint[6]));
            act();
        }));
        thread.Start();
        thread.Join();
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    [LibraryImport("libc")]
    private static partial int capset(in ulong header, uint[] data);
}
