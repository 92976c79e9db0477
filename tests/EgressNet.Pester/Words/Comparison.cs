using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace EgressNet.Pester.Words;

/// <summary>The comparisons of Pester's operators, with the engine's own notion of equal, like and ordered.</summary>
internal static class Comparison
{
    public static object?[] Enumerate(object? value) => value is null
        ? []
        : LanguagePrimitives.GetEnumerable(value) is { } items ? [.. items.Cast<object?>()] : [value];

    public static bool Same(object?[] actual, object? expected, bool ignoreCase)
    {
        object?[] wanted = Enumerate(expected);
        if (IsNothing(actual) || IsNothing(wanted))
            return IsNothing(actual) && IsNothing(wanted);

        return actual.Length == wanted.Length
            && actual.Zip(wanted).All(pair => SameItem(pair.First, pair.Second, ignoreCase));
    }

    public static bool NullOrEmpty(object?[] actual) => actual switch
    {
        [] => true,
        [var only] => Base(only) is IDictionary dictionary
            ? dictionary.Count == 0
            : string.IsNullOrEmpty(LanguagePrimitives.ConvertTo<string>(only)),
        _ => false,
    };

    public static bool Matches(object? actual, object? pattern, bool ignoreCase) => Regex.IsMatch(
        Text(actual), Text(pattern), ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);

    public static bool Like(object? actual, object? pattern, bool ignoreCase) => WildcardPattern
        .Get(Text(pattern), ignoreCase ? WildcardOptions.IgnoreCase : WildcardOptions.None)
        .IsMatch(Text(actual));

    public static bool IsOfType(object? actual, object? expected)
    {
        if (actual is null)
            return false;

        object? wanted = Base(expected) is string text ? Unbracketed(text) : expected;
        return LanguagePrimitives.TryConvertTo(wanted, out Type type)
            ? type.IsInstanceOfType(Base(actual))
            : PSObject.AsPSObject(actual).TypeNames.Contains(Text(wanted), StringComparer.OrdinalIgnoreCase);
    }

    public static string Show(object? value) => Base(value) switch
    {
        null => "$null",
        string text => $"'{text}'",
        bool truth => truth ? "$true" : "$false",
        object?[] items => items is [var only] ? Show(only) : $"@({string.Join(", ", items.Select(Show))})",
        IDictionary dictionary => $"@{{{string.Join("; ", dictionary.Keys.Cast<object>().Select(k => $"{k}={Show(dictionary[k])}"))}}}",
        Type type => $"[{type}]",
        var other => Text(other),
    };

    private static string Unbracketed(string type) => type is ['[', .. var name, ']'] ? name : type;

    private static bool SameItem(object? actual, object? expected, bool ignoreCase) =>
        IsCollection(actual) || IsCollection(expected)
            ? Same(Enumerate(actual), expected, ignoreCase)
            : LanguagePrimitives.Equals(expected, actual, ignoreCase);

    private static bool IsCollection(object? value) => Base(value) is ICollection and not IDictionary;

    private static bool IsNothing(object?[] items) => items is [] or [null];

    private static object? Base(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static string Text(object? value) => LanguagePrimitives.ConvertTo<string>(value) ?? "";
}
