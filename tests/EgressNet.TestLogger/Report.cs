using System.Text;
using Microsoft.VisualStudio.TestPlatform.ObjectModel;

namespace EgressNet.TestLogger;

internal static class Report
{
    public static string Of(TestResult result) => result.Outcome switch
    {
        TestOutcome.Passed => $"  passed   {Name(result)}",
        TestOutcome.Skipped => $"  skipped  {Name(result)}: {Reason(result)}",
        _ => Failure(result),
    };

    private static string Name(TestResult result) => result.DisplayName ?? result.TestCase.DisplayName;

    private static string Reason(TestResult result) =>
        result.ErrorMessage ?? result.Messages.FirstOrDefault()?.Text?.Trim() ?? "no reason given";

    private static string Failure(TestResult result)
    {
        StringBuilder text = new($"  FAILED   {Name(result)}");
        foreach (string? part in result.Messages.Select(m => m.Text).Prepend(result.ErrorStackTrace).Prepend(result.ErrorMessage))
        {
            foreach (string line in (part ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
                text.Append('\n').Append("           ").Append(line.TrimEnd());
        }

        return text.ToString();
    }
}
