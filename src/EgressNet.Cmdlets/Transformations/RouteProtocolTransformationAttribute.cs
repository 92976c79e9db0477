using System.Globalization;
using EgressNet.Netlink.Routes;

namespace EgressNet.Transformations;

/// <summary>A routing protocol by name, or by its number from 0 to 255, named or not. Of Windows' words those are taken
/// that say the same as one of Linux, or two.</summary>
internal sealed class RouteProtocolTransformationAttribute : InputTransformationAttribute
{
    /// <summary>The words of Windows that Linux does not have, each with what it stands for. To write, the first.</summary>
    public static IReadOnlyDictionary<string, RouteProtocol[]> WindowsNames { get; } =
        new Dictionary<string, RouteProtocol[]>(StringComparer.OrdinalIgnoreCase)
        {
            ["NetMgmt"] = [RouteProtocol.Static, RouteProtocol.Boot],
            ["Local"] = [RouteProtocol.Kernel],
            ["Icmp"] = [RouteProtocol.Redirect],
        };

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        base.Transform(engineIntrinsics, inputData) switch
        {
            object?[] items => Array.ConvertAll(
                [.. items.SelectMany(item => item as RouteProtocol[] ?? [(RouteProtocol)item!])], each => (object?)each),
            RouteProtocol[] several when !IsList => several[0],
            object one => one,
        };

    protected override object? Convert(object input)
    {
        if (input is RouteProtocol protocol)
        {
            return protocol;
        }

        if (input is string word && WindowsNames.TryGetValue(word, out RouteProtocol[]? several))
        {
            return several;
        }

        string text = System.Convert.ToString(input, CultureInfo.InvariantCulture) ?? "";
        if (byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out byte number))
        {
            return (RouteProtocol)number;
        }

        return Enum.TryParse(text, ignoreCase: true, out protocol) && Enum.IsDefined(protocol)
            ? protocol
            : throw new FormatException(
                $"'{text}' is not a routing protocol: 0 to 255, "
                    + $"{string.Join(", ", Enum.GetNames<RouteProtocol>().Concat(WindowsNames.Keys))}.");
    }
}
