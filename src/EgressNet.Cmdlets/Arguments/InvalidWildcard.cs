using System.Collections;
using EgressNet.Errors;

namespace EgressNet.Arguments;

/// <summary>An argument that is no wildcard for want of a bracket, as <c>x[</c>. The engine notices that only once there is
/// a text to compare.</summary>
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
                return $"{name} '{text}' is no wildcard: a bracket is not closed. The text itself is '{literal}'."
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
