using System.Collections;
using System.Globalization;

namespace EgressNet;

/// <summary>Text for a terminal. The kernel takes control characters in names, and a terminal would obey them; what
/// orders or hides characters makes two names look alike.</summary>
public static class TerminalText
{
    /// <summary>A text in one line, as it may be shown.</summary>
    /// <returns>The text, with U+FFFD for each control or format character (Unicode's Cc and Cf) and each separator of
    /// lines.</returns>
    public static string Of(string? text) => text is null ? ""
        : text.Any(IsHarmful) ? string.Concat(text.Select(each => IsHarmful(each) ? '\uFFFD' : each))
        : text;

    /// <summary>Several texts, each in a line of its own.</summary>
    /// <returns>Them, each as <see cref="Of"/> has it.</returns>
    public static string Lines(IEnumerable? texts) => texts is null or string
        ? Of((string?)texts)
        : string.Join('\n', texts.Cast<object?>().Select(each => Of($"{each}")));

    private static bool IsHarmful(char each) => char.GetUnicodeCategory(each) is UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
