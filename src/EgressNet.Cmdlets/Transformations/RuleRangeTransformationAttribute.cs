using System.Globalization;
using EgressNet.Netlink.Rules;

namespace EgressNet.Transformations;

/// <summary>A port or a user id, or a range of them.</summary>
/// <param name="min">The lowest that the kernel takes.</param>
/// <param name="max">The highest.</param>
internal sealed class RuleRangeTransformationAttribute(uint min, uint max) : InputTransformationAttribute
{
    /// <summary>The lowest port of a rule.</summary>
    public const uint MinPort = 1;

    /// <summary>The highest port of a rule: the kernel takes no higher one.</summary>
    public const uint MaxPort = 65534;

    /// <summary>The highest user id.</summary>
    public const uint MaxUid = uint.MaxValue - 1;

    protected override object? Convert(object input)
    {
        RuleRange range = input is RuleRange given
            ? given
            : RuleRange.Parse(System.Convert.ToString(input, CultureInfo.InvariantCulture) ?? "");
        return range.First >= min && range.Last <= max
            ? range
            : throw new FormatException($"'{range}' is not within {min} to {max}.");
    }
}
