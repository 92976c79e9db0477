using System.Globalization;
using EgressNet.Netlink.Routes;

namespace EgressNet.Transformations;

/// <summary>A routing table by number, or as main, local or default; all stands for 0, where a filter takes it.</summary>
internal sealed class RouteTableTransformationAttribute : InputTransformationAttribute
{
    /// <summary>The names of tables, with their numbers.</summary>
    public static IReadOnlyDictionary<string, uint> Names { get; } =
        new Dictionary<string, uint>(StringComparer.OrdinalIgnoreCase)
        {
            ["main"] = RouteTable.Main,
            ["local"] = RouteTable.Local,
            ["default"] = RouteTable.Default,
            ["all"] = 0,
        };

    protected override object? Convert(object input)
    {
        string text = System.Convert.ToString(input, CultureInfo.InvariantCulture) ?? "";
        return Names.TryGetValue(text, out uint table)
            || (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out table) && table != 0)
            ? table
            : throw new FormatException($"'{text}' is not a routing table: main, local, default or 1 to 4294967295.");
    }
}
