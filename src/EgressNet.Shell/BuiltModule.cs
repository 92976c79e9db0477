namespace EgressNet.Shell;

internal static class BuiltModule
{
    private const string Manifest = "EgressNet.psd1";
    private const string ModulePath = "PSModulePath";

    public static string Find()
    {
        string? chosen = Environment.GetEnvironmentVariable("EGRESSNET_MODULE");
        if (!string.IsNullOrEmpty(chosen))
            return Resolve(chosen) ?? throw new UsageException($"EGRESSNET_MODULE names no module: '{chosen}'.");

        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Resolve(Path.Combine(folder, "module", "EgressNet")) is { } manifest)
                return manifest;
        }

        throw new UsageException("No built EgressNet module beside this program: run 'dotnet build' first, "
            + "or name one in EGRESSNET_MODULE.");
    }

    public static void AddToModulePath(string manifest)
    {
        string modules = Path.GetDirectoryName(Path.GetDirectoryName(manifest))!;
        string? others = Environment.GetEnvironmentVariable(ModulePath);
        Environment.SetEnvironmentVariable(
            ModulePath, string.IsNullOrEmpty(others) ? modules : $"{modules}{Path.PathSeparator}{others}");
    }

    private static string? Resolve(string path)
    {
        string manifest = path.EndsWith(".psd1", StringComparison.OrdinalIgnoreCase) ? path : Path.Combine(path, Manifest);
        return File.Exists(manifest) ? Path.GetFullPath(manifest) : null;
    }
}
