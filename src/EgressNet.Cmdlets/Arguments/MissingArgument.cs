using System.Collections;
using System.Management.Automation.Internal;
using System.Reflection;
using EgressNet.Errors;
using EgressNet.Netlink.Inet;

namespace EgressNet.Arguments;

/// <summary>Detects an argument that is null or empty, such as a misspelt variable. As a filter it would match everything,
/// and a removal would remove everything. Parameters for which such a value is valid carry AllowNull, AllowEmptyString or
/// AllowEmptyCollection.</summary>
internal static class MissingArgument
{
    /// <param name="command">The type of the cmdlet.</param>
    /// <param name="given">The arguments of its command line.</param>
    /// <returns>The error for the first one that is missing, or null where none is.</returns>
    public static ErrorRecord? Find(Type command, IEnumerable<KeyValuePair<string, object?>> given)
    {
        foreach ((string name, object? value) in given)
        {
            if (command.GetProperty(name) is { } parameter && IsMissing(parameter, value))
            {
                return ErrorOf(name);
            }
        }

        return null;
    }

    /// <param name="command">The type of the cmdlet.</param>
    /// <param name="bound">All its arguments, those from the pipeline too.</param>
    /// <returns>The error for the first filter that is missing, or null where none is.</returns>
    public static ErrorRecord? FindFilter(Type command, IEnumerable<KeyValuePair<string, object?>> bound) => Find(
        command,
        bound.Where(each => command.GetProperty(each.Key)?.PropertyType.IsArray == true));

    public static ErrorRecord ErrorOf(string parameter) =>
        $"{parameter} is null or empty: give a value, or leave it out."
            .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, null);

    private static bool IsMissing(PropertyInfo parameter, object? value) => value switch
    {
        null => !Allows<AllowNullAttribute>(parameter),
        "" => !Allows<AllowEmptyStringAttribute>(parameter),
        InetAddress address => address.IsNone,
        IList { Count: 0 } => !Allows<AllowEmptyCollectionAttribute>(parameter),
        IList items => items.Cast<object?>().Any(item => item is null or ""),
        _ => false,
    };

    private static bool Allows<T>(PropertyInfo parameter)
        where T : CmdletMetadataAttribute => parameter.IsDefined(typeof(T), inherit: true);
}
