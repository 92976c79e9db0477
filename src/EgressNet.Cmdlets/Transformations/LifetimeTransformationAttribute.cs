using System.Globalization;
using EgressNet.Netlink.Addresses;

namespace EgressNet.Transformations;

/// <summary>A time span in whole seconds, or Forever. A bare number is refused: to the binder it would be ticks, and in a
/// text days.</summary>
internal sealed class LifetimeTransformationAttribute : InputTransformationAttribute
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(InterfaceAddress.Forever - 1);

    protected override object? Convert(object input) => input switch
    {
        TimeSpan span => Checked(span),
        string text when text.Equals(AddressLifetime.Forever, StringComparison.OrdinalIgnoreCase) => TimeSpan.MaxValue,
        string text when text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span) =>
            Checked(span),
        _ => throw new FormatException(
            $"'{input}' is not a time span such as '1.00:00:00' for a day, nor Forever or [TimeSpan]::MaxValue."),
    };

    private static TimeSpan Checked(TimeSpan span) => span == TimeSpan.MaxValue || (span >= TimeSpan.Zero && span <= s_longest)
        ? span
        : throw new FormatException($"'{span}' is not within 0 and {s_longest}, nor Forever.");
}
