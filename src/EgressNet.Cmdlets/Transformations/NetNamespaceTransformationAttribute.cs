using System.Globalization;
using NamespaceReference = EgressNet.Netlink.Namespaces.NetNamespace;

namespace EgressNet.Transformations;

/// <summary>A namespace by name, path, process id or object.</summary>
public sealed class NetNamespaceTransformationAttribute : InputTransformationAttribute
{
    /// <inheritdoc/>
    protected override object? Convert(object input) => input switch
    {
        NamespaceReference reference => reference,
        NetNamespace listed => NamespaceReference.FromPath(listed.Path),
        "" => null,
        int pid => NamespaceReference.FromProcess(pid),
        _ => NamespaceReference.Parse(System.Convert.ToString(input, CultureInfo.InvariantCulture) ?? ""),
    };
}
