using System.Globalization;
using EgressNet.Netlink.Inet;

namespace EgressNet.Transformations;

/// <summary>A unicast Ethernet address, with colons or hyphens, in any case.</summary>
internal sealed class MacAddressTransformationAttribute : InputTransformationAttribute
{
    protected override object? Convert(object input)
    {
        string text = System.Convert.ToString(input, CultureInfo.InvariantCulture) ?? "";
        return MacAddress.TryParse(text, out MacAddress address) switch
        {
            false => throw new FormatException($"'{text}' is not a MAC address such as 02:00:5e:10:00:01."),
            true when address.IsMulticast => throw new FormatException(
                $"'{text}' is a multicast MAC address: no interface can have it."),
            true when address.IsZero => throw new FormatException(
                $"'{text}' is all zeros: no Ethernet interface can have it."),
            true => address,
        };
    }
}
