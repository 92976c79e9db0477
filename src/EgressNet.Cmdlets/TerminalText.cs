namespace EgressNet;

/// <summary>Text for a terminal. The kernel takes control characters in the names of interfaces, and a terminal would obey
/// them.</summary>
public static class TerminalText
{
    /// <summary>A text with its control characters replaced, but for line breaks and tabs.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text, with U+FFFD for each control character.</returns>
    public static string Of(string? text) => text is null ? ""
        : text.Any(IsHarmful) ? string.Concat(text.Select(each => IsHarmful(each) ? '\uFFFD' : each))
        : text;

    private static bool IsHarmful(char each) => char.IsControl(each) && each is not ('\n' or '\r' or '\t');
}
