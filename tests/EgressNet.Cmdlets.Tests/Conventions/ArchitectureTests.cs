using System.Text.RegularExpressions;

namespace EgressNet.Cmdlets.Tests.Conventions;

public sealed partial class ArchitectureTests
{
    private const int MaxLinesOfFile = 250, MaxColumns = 130;
    private const string Output = "EgressNet";

    [Fact]
    public void No_folder_needs_one_that_needs_it()
    {
        Dictionary<string, HashSet<string>> uses = Uses();
        Assert.Contains("EgressNet.Netlink.Wire", uses["EgressNet.Netlink.Transport"]);
        Assert.All(uses.Keys, folder => Assert.DoesNotContain(folder, Below(folder, uses)));
    }

    [Fact]
    public void No_source_file_is_long() => Assert.Empty(
        Sources().Where(file => File.ReadLines(file).Count() > MaxLinesOfFile).Select(Path.GetFileName));

    [Fact]
    public void No_source_line_is_long() =>
        Assert.DoesNotContain(Sources().SelectMany(File.ReadLines), line => line.Length > MaxColumns);

    private static Dictionary<string, HashSet<string>> Uses()
    {
        Dictionary<string, HashSet<string>> uses = [];
        foreach (string text in Sources().Select(File.ReadAllText))
        {
            string folder = Namespace().Match(text).Groups[1].Value;
            if (!uses.TryGetValue(folder, out HashSet<string>? used))
            {
                uses.Add(folder, used = []);
            }

            used.UnionWith(Using().Matches(text).Select(each => each.Groups[1].Value));
        }

        // The output types' namespace is around the others, which see it without a using.
        foreach (string folder in Surface.Assembly.GetTypes().Select(type => type.Namespace).OfType<string>()
            .Where(uses.ContainsKey))
        {
            uses[folder].Add(Output);
        }

        uses[Output].Remove(Output);
        return uses;
    }

    private static HashSet<string> Below(string folder, Dictionary<string, HashSet<string>> uses)
    {
        HashSet<string> below = [];
        Stack<string> open = new(uses[folder]);
        while (open.TryPop(out string? next))
        {
            if (below.Add(next) && uses.TryGetValue(next, out HashSet<string>? further))
            {
                foreach (string each in further)
                {
                    open.Push(each);
                }
            }
        }

        return below;
    }

    private static IEnumerable<string> Sources() =>
        Repository.Files("*.cs", "src").Where(file => !file.Contains("/obj/", StringComparison.Ordinal));

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^using (EgressNet[\w.]*);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
