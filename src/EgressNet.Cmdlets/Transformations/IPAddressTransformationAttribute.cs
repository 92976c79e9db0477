using System.Globalization;
using EgressNet.Netlink.Inet;

namespace EgressNet.Transformations;

/// <summary>An interface's address, with or without its prefix length: <c>192.0.2.5</c> or <c>192.0.2.5/24</c>.</summary>
internal sealed class IPAddressTransformationAttribute : InputTransformationAttribute
{
    protected override object? Convert(object input)
    {
        if (input is IPAddressText parsed)
        {
            return parsed;
        }

        string text = System.Convert.ToString(input, CultureInfo.InvariantCulture) ?? "";
        if (InetPrefix.TryParse(text, out InetPrefix prefix))
        {
            return new IPAddressText(prefix.Address, prefix.Length);
        }

        return InetAddress.TryParse(text, out InetAddress address)
            ? new IPAddressText(address, null)
            : throw new FormatException($"'{text}' is not an IPv4 or IPv6 address, with or without a prefix length.");
    }
}
