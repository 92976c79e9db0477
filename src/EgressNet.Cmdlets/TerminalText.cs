using System.Collections;
using System.Globalization;

namespace EgressNet;

/// <summary>Makes text safe for a terminal. The kernel allows control characters in names, which a terminal would interpret,
/// and format characters, which make different names look alike.</summary>
public static class TerminalText
{
    /// <summary>A text in one line, safe to show.</summary>
    /// <returns>The text, with U+FFFD for each control or format character (Unicode's Cc and Cf) and each separator of
    /// lines.</returns>
    public static string Of(string? text) => text is null ? ""
        : text.Any(IsHarmful) ? string.Concat(text.Select(each => IsHarmful(each) ? '\uFFFD' : each))
        : text;

    /// <summary>Several texts, each in a line of its own.</summary>
    /// <returns>Them, each as <see cref="Of"/> has it.</returns>
    public static string Lines(IEnumerable? texts) => texts is null or string
        ? Of((string?)texts)
        : string.Join('\n', ((texts as ITextList)?.Texts ?? texts.Cast<object?>()).Select(each => Of($"{each}")));

    /// <summary>The way of a route in a table: its type where that is not Unicast, and how many hops there are.</summary>
    /// <param name="route">The route, or a copy.</param>
    /// <param name="nextHop">Its first gateway.</param>
    /// <returns>Such as <c>192.0.2.1 (2 hops)</c>, or <c>Blackhole</c>.</returns>
    public static string Way(PSObject route, string? nextHop)
    {
        ArgumentNullException.ThrowIfNull(route);
        string type = $"{route.Properties["RouteType"]?.Value}";
        string way = type is "" or "Unicast" ? $"{nextHop}" : nextHop is "0.0.0.0" or "::" ? type : $"{type} {nextHop}";
        object? hops = route.Properties["NextHops"]?.Value;
        return (hops is PSObject wrapped ? wrapped.BaseObject : hops) is ICollection { Count: > 1 and int count }
            ? Of($"{way} ({count} hops)")
            : Of(way);
    }

    private static bool IsHarmful(char each) => char.GetUnicodeCategory(each) is UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
