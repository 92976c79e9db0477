using System.Globalization;
using EgressNet.Netlink.Routes;

namespace EgressNet.Transformations;

/// <summary>A routing protocol by name, or by its number from 0 to 255, named or not.</summary>
internal sealed class RouteProtocolTransformationAttribute : InputTransformationAttribute
{
    protected override object? Convert(object input)
    {
        if (input is RouteProtocol protocol)
        {
            return protocol;
        }

        string text = System.Convert.ToString(input, CultureInfo.InvariantCulture) ?? "";
        if (byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out byte number))
        {
            return (RouteProtocol)number;
        }

        return Enum.TryParse(text, ignoreCase: true, out protocol) && Enum.IsDefined(protocol)
            ? protocol
            : throw new FormatException(
                $"'{text}' is not a routing protocol: 0 to 255, or {string.Join(", ", Enum.GetNames<RouteProtocol>())}.");
    }
}
