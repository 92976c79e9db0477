using System.Globalization;
using System.Management.Automation;
using EgressNet.Netlink.Links;

namespace EgressNet.Transformations;

/// <summary>A name that the kernel takes for a new interface.</summary>
public sealed class ValidateInterfaceNameAttribute : ValidateEnumeratedArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        string name = Convert.ToString(element, CultureInfo.InvariantCulture) ?? "";
        if (InterfaceName.Validate(name) is { } fault)
        {
            throw new ValidationMetadataException($"'{TerminalText.Of(name)}' is not an interface name. {fault}");
        }
    }
}
