namespace EgressNet.Help;

/// <summary>The help that ships with the module, made from docs/.</summary>
public static class HelpFiles
{
    private const string About = "about_EgressNet";

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
    /// <param name="folder">Where to.</param>
    public static void Write(string root, string folder)
    {
        string about = File.ReadAllText(Path.Combine(root, "docs", $"{About}.md"));
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "EgressNet.Cmdlets.dll-Help.xml"), MamlWriter.Write(Pages(root)));
        File.WriteAllText(Path.Combine(folder, $"{About}.help.txt"), AboutWriter.Write(Markdown.Read(about)));
    }
}
