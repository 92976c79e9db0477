using EgressNet.Netlink;
using Microsoft.Win32.SafeHandles;

namespace EgressNet.Operations;

/// <summary>Descriptors kept free for work that comes later.</summary>
internal sealed class SpareDescriptors : IDisposable
{
    private readonly List<SafeFileHandle> _spare = [];

    private SpareDescriptors()
    {
    }

    /// <summary>Keeps some.</summary>
    /// <param name="wanted">How many.</param>
    /// <returns>Null where there are fewer, which are free again by then.</returns>
    public static SpareDescriptors? TryKeep(int wanted)
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

    /// <summary>Refuses work for which there are too few.</summary>
    /// <param name="wanted">How many it takes.</param>
    /// <exception cref="IOException">There are fewer, which are free again by then: who tells it may need them.</exception>
    public static void ThrowIfFewer(int wanted)
    {
        using SpareDescriptors spare = TryKeep(wanted)
            ?? throw new IOException(
                $"{Errno.EMFILE.Text}: fewer than {wanted} file descriptors are left.", (int)Errno.EMFILE);
    }

    /// <summary>Sets them free.</summary>
    public void Dispose() => _spare.ForEach(each => each.Dispose());
}
