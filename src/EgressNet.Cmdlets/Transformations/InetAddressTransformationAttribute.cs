using System.Globalization;
using EgressNet.Netlink.Inet;

namespace EgressNet.Transformations;

/// <summary>An IPv4 or IPv6 address.</summary>
internal sealed class InetAddressTransformationAttribute : InputTransformationAttribute
{
    protected override object? Convert(object input) => input switch
    {
        InetAddress address => address,
        "" when TakesEmpty => default(InetAddress),
        _ => InetAddress.Parse(System.Convert.ToString(input, CultureInfo.InvariantCulture) ?? ""),
    };
}
