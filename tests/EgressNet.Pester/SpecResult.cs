using EgressNet.Pester.Model;
using EgressNet.Pester.Running;

namespace EgressNet.Pester;

/// <summary>The cases of a file by name, and what went wrong outside any case.</summary>
internal sealed record SpecResult(IReadOnlyDictionary<string, Outcome?> Cases, IReadOnlyList<string> Problems)
{
    public static SpecResult Of(SpecRun run)
    {
        Dictionary<string, Outcome?> cases = [];
        foreach (IGrouping<string, Case> same in run.Root.Cases.GroupBy(test => test.Name))
        {
            int number = 0;
            foreach (Case test in same)
                cases[++number == 1 ? test.Name : $"{test.Name} ({number})"] = test.Outcome;
        }

        return new SpecResult(cases, [.. run.Problems]);
    }
}
