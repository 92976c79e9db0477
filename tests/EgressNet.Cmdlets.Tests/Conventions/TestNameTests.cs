using System.Text.RegularExpressions;

namespace EgressNet.Cmdlets.Tests.Conventions;

/// <summary>Names of tests fit on a line of a report, in C# and in the specs.</summary>
public sealed partial class TestNameTests
{
    private const int MaxLength = 60;

    [Fact]
    public void A_test_has_a_name_of_at_most_60_characters() => AssertShort("*Tests.cs", Method());

    [Fact]
    public void A_spec_has_a_name_of_at_most_60_characters() => AssertShort("*.Tests.ps1", It());

    private static void AssertShort(string pattern, Regex declaration)
    {
        string[] names =
        [
            .. Repository.Files(pattern, "tests")
                .SelectMany(file => declaration.Matches(File.ReadAllText(file)))
                .Select(found => found.Groups["name"].Value.Replace("''", "'", StringComparison.Ordinal)),
        ];
        Assert.True(names.Length > 400, $"{names.Length} names");
        Assert.DoesNotContain(names, name => name.Length > MaxLength);
    }

    [GeneratedRegex(@"^\s+public (async )?(void|Task) (?<name>\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Method();

    [GeneratedRegex("""^\s*It (?<quote>['"])(?<name>(''|.)*?)\k<quote>(?!')""", RegexOptions.Multiline)]
    private static partial Regex It();
}
