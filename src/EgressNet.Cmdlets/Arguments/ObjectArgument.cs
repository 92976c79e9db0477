using System.Collections;
using EgressNet.Errors;
using EgressNet.Transformations;

namespace EgressNet.Arguments;

/// <summary>Detects an object of the module given to a parameter of text. Its text would be looked up in the caller's
/// namespace, and could match other objects.</summary>
internal static class ObjectArgument
{
    /// <param name="given">The arguments of a command line.</param>
    /// <returns>The error for the first one, or null where there is none.</returns>
    public static ErrorRecord? Find(IEnumerable<KeyValuePair<string, object?>> given)
    {
        foreach ((string name, object? value) in given)
        {
            if (value is IList items && items.OfType<string>().FirstOrDefault(RefusedText.Is) is { } reason)
            {
                return $"{name}: {reason}".ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, null);
            }
        }

        return null;
    }
}
