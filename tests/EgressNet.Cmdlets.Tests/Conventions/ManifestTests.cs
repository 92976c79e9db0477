using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using System.Text.RegularExpressions;

namespace EgressNet.Cmdlets.Tests.Conventions;

public sealed partial class ManifestTests
{
    private static readonly Dictionary<string, object?> s_manifest = Read();

    private static string Version => Surface.Assembly.GetName().Version!.ToString(3);

    [Fact]
    public void The_exported_cmdlets_are_those_of_the_assembly() => Assert.Equal(
        Surface.Commands.Select(command => command.Name),
        List("CmdletsToExport").Order(StringComparer.Ordinal));

    [Fact]
    public void The_exported_aliases_are_those_of_the_cmdlets() => Assert.Equal(
        Surface.Commands.SelectMany(command => command.Type.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []),
        List("AliasesToExport"));

    [Theory]
    [InlineData("FunctionsToExport"), InlineData("VariablesToExport")]
    public void Nothing_else_is_exported(string key) => Assert.Empty(List(key));

    [Fact]
    public void The_version_is_that_of_the_assembly() => Assert.Equal(Version, s_manifest["ModuleVersion"]);

    [Fact]
    public void The_changelog_starts_with_the_version()
    {
        Match top = Heading().Match(File.ReadAllText(Repository.File("CHANGELOG.md")));
        Assert.True(top.Success, "CHANGELOG.md has no heading with a version.");
        Assert.Equal(Version, top.Groups[1].Value);
    }

    [Fact]
    public void It_says_whom_it_is_for()
    {
        Assert.Equal(["Core"], List("CompatiblePSEditions"));
        Assert.True(System.Version.Parse((string)s_manifest["PowerShellVersion"]!) >= new Version(7, 4));
        Assert.NotEqual(Guid.Empty, Guid.Parse((string)s_manifest["GUID"]!));
        Dictionary<string, object?> data =
            (Dictionary<string, object?>)((Dictionary<string, object?>)s_manifest["PrivateData"]!)["PSData"]!;
        Assert.Empty(new[] { "Linux", "PSEdition_Core" }.Except(((object?[])data["Tags"]!).Cast<string>()));
        Assert.All(
            ["LicenseUri", "ProjectUri", "ReleaseNotes"],
            key => Assert.True(Uri.IsWellFormedUriString((string?)data[key], UriKind.Absolute), key));
    }

    [Fact]
    public void It_has_no_wildcard() =>
        Assert.DoesNotContain("'*'", File.ReadAllText(Repository.File("module", "EgressNet.psd1")));

    [Fact]
    public void The_files_it_names_are_there() => Assert.All(
        List("FormatsToProcess").Append((string)s_manifest["RootModule"]!),
        file => Assert.True(File.Exists(Repository.File("module", file)), file));

    private static IEnumerable<string> List(string key) => ((object?[])s_manifest[key]!).Cast<string>();

    private static Dictionary<string, object?> Read()
    {
        ScriptBlockAst script = Parser.ParseFile(
            Repository.File("module", "EgressNet.psd1"), out _, out ParseError[] errors);
        Assert.Empty(errors);
        HashtableAst table = (HashtableAst)script.Find(ast => ast is HashtableAst, searchNestedScriptBlocks: false);
        return Convert((System.Collections.IDictionary)table.SafeGetValue());
    }

    private static Dictionary<string, object?> Convert(System.Collections.IDictionary table) => table.Keys
        .Cast<string>()
        .ToDictionary(
            key => key,
            key => table[key] is System.Collections.IDictionary nested ? Convert(nested) : table[key]);

    [GeneratedRegex(@"^## \[?v?(\d+\.\d+\.\d+)", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
