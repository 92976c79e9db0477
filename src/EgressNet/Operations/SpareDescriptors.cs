using EgressNet.Netlink;
using Microsoft.Win32.SafeHandles;

namespace EgressNet.Operations;

/// <summary>Reserves file descriptors for later work.</summary>
internal sealed class SpareDescriptors : IDisposable
{
    private readonly List<SafeFileHandle> _spare = [];

    private SpareDescriptors()
    {
    }

    /// <summary>Reserves descriptors.</summary>
    /// <param name="wanted">How many.</param>
    /// <returns>Null where there are fewer, which are free again by then.</returns>
    public static SpareDescriptors? TryReserve(int wanted)
    {
        SpareDescriptors spare = new();
        try
        {
            while (spare._spare.Count < wanted)
            {
                spare._spare.Add(File.OpenHandle("/proc/self/comm"));
            }

            return spare;
        }
        catch (IOException)
        {
            spare.Dispose();
            return null;
        }
    }

    /// <summary>Throws when fewer are free than work needs.</summary>
    /// <param name="wanted">How many it takes.</param>
    /// <exception cref="IOException">There are fewer, which are free again by then: who tells it may need them.</exception>
    public static void ThrowIfFewer(int wanted)
    {
        using SpareDescriptors spare = TryReserve(wanted)
            ?? throw new IOException(
                $"{Errno.EMFILE.Text}: fewer than {wanted} file descriptors are left.", (int)Errno.EMFILE);
    }

    /// <summary>Releases them.</summary>
    public void Dispose() => _spare.ForEach(each => each.Dispose());
}
