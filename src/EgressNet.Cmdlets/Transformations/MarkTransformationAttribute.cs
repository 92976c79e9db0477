using System.Globalization;

namespace EgressNet.Transformations;

/// <summary>A firewall mark of 32 bits. PowerShell reads 0xffffffff as -1: of a negative number the bits count.</summary>
internal sealed class MarkTransformationAttribute : InputTransformationAttribute
{
    protected override object? Convert(object input)
    {
        if (input is int bits and < 0)
        {
            return unchecked((uint)bits);
        }

        string text = System.Convert.ToString(input, CultureInfo.InvariantCulture) ?? "";
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return uint.TryParse(
            isHex ? text[2..] : text,
            isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture,
            out uint mark)
            ? mark
            : throw new FormatException($"'{text}' is not a mark such as 0x10 or 16; its mask is an argument of its own.");
    }
}
