using System.Collections;
using EgressNet.Errors;

namespace EgressNet.Arguments;

/// <summary>Detects an invalid wildcard with an unclosed bracket, such as <c>x[</c>. PowerShell itself reports it only when
/// it compares a text.</summary>
internal static class InvalidWildcard
{
    /// <param name="command">The type of the cmdlet.</param>
    /// <param name="given">The arguments of its command line.</param>
    /// <returns>The error for the first one that is invalid, or null where none is.</returns>
    public static ErrorRecord? Find(Type command, IDictionary<string, object?> given)
    {
        foreach ((string name, object? value) in given)
        {
            if (command.GetProperty(name)?.IsDefined(typeof(SupportsWildcardsAttribute), inherit: true) == true
                && (value as IList ?? new[] { value }).OfType<string>().FirstOrDefault(IsInvalid) is { } text)
            {
                string literal = WildcardPattern.Escape(text);
                return $"{name} '{text}' is not a wildcard: a bracket is not closed. Write '{literal}' to match the text itself."
                    .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, text);
            }
        }

        return null;
    }

    private static bool IsInvalid(string text)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(text) || NamespaceOrigin.Find(text) is not null)
        {
            return false;
        }

        try
        {
            new WildcardPattern(text).IsMatch("");
            return false;
        }
        catch (WildcardPatternException)
        {
            return true;
        }
    }
}
