using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Client;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Logging;

namespace EgressNet.TestLogger;

[FriendlyName("summary")]
[ExtensionUri("logger://egressnet/summary")]
public sealed class SummaryLogger : ITestLoggerWithParameters
{
    private readonly SortedDictionary<string, Tally> _tallies = new(StringComparer.Ordinal);
    private bool _namesAll;

    public void Initialize(TestLoggerEvents events, string testRunDirectory) => Initialize(events, []);

    public void Initialize(TestLoggerEvents events, Dictionary<string, string?> parameters)
    {
        _namesAll = parameters.GetValueOrDefault("names") is "all";
        events.TestResult += (_, e) => Record(e.Result);
        events.TestRunComplete += (_, _) => Summarize();
    }

    private void Record(TestResult result)
    {
        string assembly = Path.GetFileNameWithoutExtension(result.TestCase.Source);
        if (!_tallies.TryGetValue(assembly, out Tally? tally))
            _tallies[assembly] = tally = new Tally();

        tally.Count(result.Outcome);
        if (_namesAll || result.Outcome is not TestOutcome.Passed)
            Console.Out.WriteLine(Report.Of(result));
    }

    private void Summarize()
    {
        foreach ((string assembly, Tally tally) in _tallies)
            Console.Out.WriteLine($"{assembly}: {tally}");
    }
}
