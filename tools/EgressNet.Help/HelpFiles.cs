namespace EgressNet.Help;

/// <summary>The help that ships with the module, made from docs/.</summary>
public static class HelpFiles
{
    private const string About = "about_EgressNet";

    /// <summary>Finds the repository.</summary>
    /// <param name="folder">A folder inside it.</param>
    /// <returns>Its root.</returns>
    public static string FindRoot(string folder)
    {
        for (string? at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(Path.Combine(at, "EgressNet.sln")))
            {
                return at;
            }
        }

        throw new DirectoryNotFoundException($"No EgressNet.sln above {folder}.");
    }

    /// <summary>The pages of docs/ that describe a cmdlet, by name.</summary>
    /// <param name="root">The repository.</param>
    /// <returns>The pages.</returns>
    public static IReadOnlyList<Page> Pages(string root) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(root, "docs"), "*-*.md")
            .Order(StringComparer.Ordinal)
            .Select(file => PageReader.Read(File.ReadAllText(file))),
    ];

    /// <summary>Makes every help file.</summary>
    /// <param name="root">The repository.</param>
    /// <returns>Paths below the root, and texts.</returns>
    public static IEnumerable<(string Path, string Text)> Generate(string root)
    {
        string about = File.ReadAllText(Path.Combine(root, "docs", $"{About}.md"));
        yield return ("module/en-US/EgressNet.Cmdlets.dll-Help.xml", MamlWriter.Write(Pages(root)));
        yield return ($"module/en-US/{About}.help.txt", AboutWriter.Write(Markdown.Read(about)));
    }
}
