using System.Globalization;

namespace EgressNet.Transformations;

/// <summary>A protocol above IP by name, or by its number from 0 to 255, named or not.</summary>
internal sealed class IPProtocolTransformationAttribute : InputTransformationAttribute
{
    protected override object? Convert(object input)
    {
        if (input is IPProtocol protocol)
        {
            return protocol;
        }

        string text = System.Convert.ToString(input, CultureInfo.InvariantCulture) ?? "";
        if (byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out byte number))
        {
            return (IPProtocol)number;
        }

        return Enum.TryParse(text, ignoreCase: true, out protocol) && Enum.IsDefined(protocol)
            ? protocol
            : throw new FormatException(
                $"'{text}' is not a protocol above IP: 0 to 255, or {string.Join(", ", Enum.GetNames<IPProtocol>())}.");
    }
}
