using System.Globalization;
using EgressNet.Netlink.Links;

namespace EgressNet.Transformations;

/// <summary>A name that the kernel takes for a new interface.</summary>
internal sealed class ValidateInterfaceNameAttribute : ValidateEnumeratedArgumentsAttribute
{
    protected override void ValidateElement(object element)
    {
        string name = Convert.ToString(element, CultureInfo.InvariantCulture) ?? "";
        if (InterfaceName.Validate(name) is { } fault)
        {
            throw new ValidationMetadataException($"'{TerminalText.Of(name)}' is not an interface name. {fault}");
        }
    }
}
