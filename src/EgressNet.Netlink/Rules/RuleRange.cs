using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EgressNet.Netlink.Rules;

/// <summary>A range of ports or of user ids.</summary>
/// <param name="First">The lowest.</param>
/// <param name="Last">The highest, at least <paramref name="First"/>.</param>
public readonly record struct RuleRange(uint First, uint Last)
{
    /// <summary>Reads a number or two joined by a hyphen.</summary>
    /// <param name="text">Such as <c>80</c> or <c>1000-2000</c>.</param>
    /// <param name="range">The range.</param>
    /// <returns>False when the text is no such range.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out RuleRange range)
    {
        range = default;
        string[] ends = text?.Split('-') ?? [];
        if (ends.Length is 0 or > 2 || !TryParseNumber(ends[0], out uint first) || !TryParseNumber(ends[^1], out uint last))
        {
            return false;
        }

        range = new RuleRange(first, last);
        return first <= last;
    }

    /// <summary>Reads what <see cref="TryParse"/> reads.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The range.</returns>
    /// <exception cref="FormatException">The text is no such range.</exception>
    public static RuleRange Parse(string text) => TryParse(text, out RuleRange range)
        ? range
        : throw new FormatException($"'{text}' is not a number or a range such as 1000-2000.");

    /// <summary>The range as it is written.</summary>
    /// <returns>Such as <c>80</c> or <c>1000-2000</c>.</returns>
    public override string ToString() => First == Last ? $"{First}" : $"{First}-{Last}";

    private static bool TryParseNumber(string text, out uint number) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
