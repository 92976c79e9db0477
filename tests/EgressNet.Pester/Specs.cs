using System.Collections.Concurrent;
using EgressNet.Pester.Model;

namespace EgressNet.Pester;

public sealed class Specs
{
    private const string Whole = "loads and cleans up";

    private static readonly ConcurrentDictionary<string, Lazy<SpecResult>> s_results = new();

    public static IEnumerable<TheoryDataRow<string, string>> Cases()
    {
        foreach (string file in SpecFiles.All)
        {
            yield return Row(file, Whole);
            foreach (string name in SpecFiles.Discover(file).Cases.Keys)
                yield return Row(file, name);
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void Holds(string file, string name)
    {
        SpecResult result = s_results.GetOrAdd(file, f => new Lazy<SpecResult>(() => SpecFiles.Run(f))).Value;
        if (name is Whole)
        {
            Assert.True(result.Problems.Count == 0, string.Join('\n', result.Problems));
            return;
        }

        Outcome outcome = result.Cases.GetValueOrDefault(name) ?? Outcome.Failed("was not run: the file failed to load");
        if (outcome.Verdict is Verdict.Skipped)
            Assert.Skip(outcome.Text);
        Assert.True(outcome.Verdict is Verdict.Passed, outcome.Text);
    }

    private static TheoryDataRow<string, string> Row(string file, string name) =>
        new(file, name) { TestDisplayName = $"{file}: {name}", Label = "" };
}
