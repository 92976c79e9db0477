using System.Globalization;
using EgressNet.Netlink.Inet;

namespace EgressNet.Transformations;

/// <summary>A network: <c>10.0.0.0/8</c>, or a single address, which stands for its /32 or /128.</summary>
internal sealed class InetPrefixTransformationAttribute : InputTransformationAttribute
{
    protected override object? Convert(object input)
    {
        if (input is InetPrefix prefix)
        {
            return prefix;
        }

        string text = System.Convert.ToString(input, CultureInfo.InvariantCulture) ?? "";
        if (InetAddress.TryParse(text, out InetAddress address))
        {
            return InetPrefix.Host(address);
        }

        prefix = InetPrefix.Parse(text);
        return prefix.HasHostBits
            ? throw new FormatException($"'{text}' has host bits set; the network is {prefix.Network}.")
            : prefix;
    }
}
