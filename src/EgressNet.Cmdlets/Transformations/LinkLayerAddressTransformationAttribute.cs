using System.Globalization;
using EgressNet.Netlink.Inet;

namespace EgressNet.Transformations;

/// <summary>A link-layer address of any length, with colons or hyphens; that of Ethernet also without, as Windows writes
/// it. PowerShell reads twelve decimal digits as a number, without the zeros that it begins with.</summary>
internal sealed class LinkLayerAddressTransformationAttribute : InputTransformationAttribute
{
    protected override object? Convert(object input) => input switch
    {
        LinkLayerAddress address => address,
        int or long => LinkLayerAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"{input:D12}")),
        _ => LinkLayerAddress.Parse(System.Convert.ToString(input, CultureInfo.InvariantCulture) ?? ""),
    };
}
