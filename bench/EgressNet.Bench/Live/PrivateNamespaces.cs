using System.Runtime.InteropServices;
using EgressNet.Netlink.Interop;

namespace EgressNet.Bench.Live;

/// <summary>Gives the calling thread, and the processes it starts, an empty network and a /run of their own. The
/// kernel removes both with the last of them, whatever way they end.</summary>
internal static partial class PrivateNamespaces
{
    private const int CLONE_NEWNS = 0x20000;
    private const nuint MS_REC = 0x4000;
    private const nuint MS_PRIVATE = 1 << 18;

    public const string Folder = "/run";

    public static void Enter()
    {
        Check(Libc.unshare(CLONE_NEWNS | Sched.CLONE_NEWNET));
        Check(Libc.mount("none", "/", "none", MS_REC | MS_PRIVATE, null));
        Check(Libc.mount("tmpfs", Folder, "tmpfs", 0, null));
    }

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new InvalidOperationException(
                $"No network namespace of one's own: {Marshal.GetLastPInvokeErrorMessage()}. "
                + "It takes root: use sudo, or 'unshare -Urnm' in front of the command.");
        }
    }
}
