using System.Management.Automation;
using System.Management.Automation.Language;

namespace EgressNet.Completers;

internal static class Completion
{
    /// <summary>Offers what fits the word. A completer has no place to show an error, so a failed look-up offers
    /// nothing.</summary>
    public static IEnumerable<CompletionResult> Of(
        string wordToComplete,
        Func<IEnumerable<(string Text, string ToolTip)>> candidates)
    {
        string typed = wordToComplete.Trim('\'', '"');
        try
        {
            return
            [
                .. candidates()
                    .Where(candidate => candidate.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
                    .Select(candidate => new CompletionResult(
                        Quote(candidate.Text), candidate.Text, CompletionResultType.ParameterValue, candidate.ToolTip)),
            ];
        }
        catch (Exception)
        {
            return [];
        }
    }

    private static string Quote(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && !text.StartsWith('-')
            ? text
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
}
