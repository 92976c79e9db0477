using EgressNet.Pester.Model;
using EgressNet.Pester.Running;

namespace EgressNet.Pester;

internal static class SpecFiles
{
    private static readonly string s_root = Root(AppContext.BaseDirectory);

    public static string Folder { get; } = Path.Combine(s_root, "tests", "Pester");

    public static string Module { get; } = Environment.GetEnvironmentVariable("EGRESSNET_MODULE")
        ?? Path.Combine(s_root, "artifacts", "module", "EgressNet", "EgressNet.psd1");

    public static IEnumerable<string> All => Directory.Exists(Folder)
        ? Directory.EnumerateFiles(Folder, "*.Tests.ps1").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)
        : [];

    public static SpecResult Discover(string file)
    {
        using SpecSession session = new(Module);
        return SpecResult.Of(session.Discover(Path.Combine(Folder, file)));
    }

    public static SpecResult Run(string file)
    {
        using SpecSession session = new(Module);
        SpecRun run = session.Discover(Path.Combine(Folder, file));
        return SpecResult.Of(run.Problems.Count > 0 ? run : session.Run());
    }

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "EgressNet.sln"))
        ? folder
        : Root(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No EgressNet.sln above the tests."));
}
