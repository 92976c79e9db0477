using EgressNet.Errors;
using EgressNet.Netlink.Inet;

namespace EgressNet.Arguments;

/// <summary>A family that is given beside what has one.</summary>
internal static class FamilyArgument
{
    /// <param name="given">The family; null where none is given.</param>
    /// <param name="actual">That of what it is given beside.</param>
    /// <param name="parameter">The parameter of that.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="ErrorRecordException">It is the other one.</exception>
    public static void Require(AddressFamily? given, AddressFamily actual, string parameter, object value)
    {
        if (given is { } family && family != actual)
        {
            throw new ErrorRecordException($"AddressFamily '{family}' is not that of {parameter} '{value}'."
                .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, value));
        }
    }
}
