namespace EgressNet.Testing;

/// <summary>The source tree that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    /// <summary>The module as its users get it.</summary>
    public static string StagedModule { get; } = Path.GetDirectoryName(
        Environment.GetEnvironmentVariable("EGRESSNET_MODULE")
        ?? File("artifacts", "module", "EgressNet", "EgressNet.psd1"))!;

    public static string File(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    /// <summary>The files below a folder, by path; none where there is no such folder.</summary>
    public static IEnumerable<string> Files(string pattern, params ReadOnlySpan<string> folder)
    {
        string path = File(folder);
        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : [];
    }

    private static string Above(string folder) => System.IO.File.Exists(Path.Combine(folder, "EgressNet.sln"))
        ? folder
        : Above(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No EgressNet.sln above."));
}
