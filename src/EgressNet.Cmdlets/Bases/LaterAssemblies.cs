using System.Reflection;
using EgressNet.Operations;

namespace EgressNet.Bases;

/// <summary>Assemblies of .NET that our code needs only in the middle of its work, where there may be no descriptor for
/// them. The runtime does not try a second time to load what it could not.</summary>
internal static class LaterAssemblies
{
    private const int DescriptorsOfLoading = 8;
    private static readonly string[] s_names =
        ["System.Runtime.Intrinsics", "System.Text.Json", "System.Text.Encodings.Web", "System.IO.Pipelines"];

    private static volatile bool s_areLoaded;

    /// <summary>Loads them, once in a process.</summary>
    /// <exception cref="IOException">There are too few descriptors; nothing was loaded.</exception>
    public static void Load()
    {
        if (s_areLoaded)
        {
            return;
        }

        SpareDescriptors.ThrowIfFewer(DescriptorsOfLoading);
        Array.ForEach(s_names, name => Assembly.Load(name));
        s_areLoaded = true;
    }
}
