using Microsoft.Win32.SafeHandles;

namespace EgressNet.Operations;

/// <summary>Descriptors kept free, as far as there are any, for work that comes later.</summary>
internal sealed class SpareDescriptors : IDisposable
{
    private readonly List<SafeFileHandle> _spare = [];

    /// <summary>Keeps some.</summary>
    /// <param name="wanted">How many.</param>
    public SpareDescriptors(int wanted)
    {
        try
        {
            Open(wanted);
        }
        catch (IOException)
        {
            // What there is has to do.
        }
    }

    private SpareDescriptors()
    {
    }

    /// <summary>Refuses work for which there are too few.</summary>
    /// <param name="wanted">How many it takes.</param>
    /// <exception cref="IOException">There are fewer.</exception>
    public static void ThrowIfFewer(int wanted)
    {
        using SpareDescriptors spare = new();
        spare.Open(wanted);
    }

    /// <summary>Sets them free.</summary>
    public void Dispose() => _spare.ForEach(each => each.Dispose());

    private void Open(int wanted)
    {
        while (_spare.Count < wanted)
        {
            _spare.Add(File.OpenHandle("/proc/self/comm"));
        }
    }
}
