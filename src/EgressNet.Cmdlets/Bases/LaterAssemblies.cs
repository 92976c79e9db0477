using System.Reflection;
using EgressNet.Netlink.Files;
using EgressNet.Operations;

namespace EgressNet.Bases;

/// <summary>Assemblies of .NET that our code needs only in the middle of its work, where there may be no descriptor for
/// them. The runtime does not try a second time to load what it could not.</summary>
internal static class LaterAssemblies
{
    private const int DescriptorsOfWork = 32, DescriptorsOfLoading = 8;
    private static readonly string[] s_names =
        ["System.Runtime.Intrinsics", "System.Text.Json", "System.Text.Encodings.Web", "System.IO.Pipelines"];

    private static volatile bool s_areLoaded;

    /// <summary>Loads them where descriptors are scarce, once in a process.</summary>
    /// <exception cref="IOException">There are too few to load them; nothing was loaded.</exception>
    public static void LoadIfScarce()
    {
        if (s_areLoaded || FreeDescriptors.AreAtLeast(DescriptorsOfWork))
        {
            return;
        }

        SpareDescriptors.ThrowIfFewer(DescriptorsOfLoading);
        Array.ForEach(s_names, name => Assembly.Load(name));
        s_areLoaded = true;
    }
}
