using System.Text;
using Microsoft.VisualStudio.TestPlatform.ObjectModel;

namespace EgressNet.TestLogger;

internal static class Report
{
    public static string Of(TestResult result) => result.Outcome switch
    {
        TestOutcome.Passed => $"  passed   {Name(result)}",
        TestOutcome.Skipped => $"  skipped  {Name(result)}: {Reason(result)}",
        TestOutcome.Failed => Failure(result),
        _ => $"  not run  {Name(result)}",
    };

    private static string Name(TestResult result) => result.DisplayName ?? result.TestCase.DisplayName;

    private static string Reason(TestResult result) =>
        result.ErrorMessage ?? result.Messages.FirstOrDefault()?.Text?.Trim() ?? "no reason given";

    private static string Failure(TestResult result)
    {
        StringBuilder text = new($"  FAILED   {Name(result)}");
        string?[] parts = [result.ErrorMessage, result.ErrorStackTrace, .. result.Messages.Select(m => m.Text)];
        foreach (string? part in parts)
        {
            foreach (string line in (part ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
                text.Append('\n').Append("           ").Append(line.TrimEnd());
        }

        return text.ToString();
    }
}
