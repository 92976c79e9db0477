using System.Globalization;
using EgressNet.Netlink.Neighbors;

namespace EgressNet.Transformations;

/// <summary>A neighbor's state in the words of Windows, or of ip, where Unreachable is Failed.</summary>
internal sealed class NeighborStateTransformationAttribute : InputTransformationAttribute
{
    private const string Failed = "Failed";

    protected override object? Convert(object input)
    {
        string text = System.Convert.ToString(input, CultureInfo.InvariantCulture) ?? "";
        return text.Equals(Failed, StringComparison.OrdinalIgnoreCase) ? NeighborState.Unreachable
            : Enum.TryParse(text, ignoreCase: true, out NeighborState state) && Enum.IsDefined(state) ? state
            : throw new FormatException(
                $"'{text}' is not a neighbor's state: {string.Join(", ", Enum.GetNames<NeighborState>())}, or {Failed}.");
    }
}
