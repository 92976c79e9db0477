using System.Globalization;
using EgressNet.Netlink.Namespaces;

namespace EgressNet.Transformations;

/// <summary>A namespace by name, path, process id or object.</summary>
internal sealed class NetNamespaceTransformationAttribute : InputTransformationAttribute
{
    protected override object? Convert(object input) => input switch
    {
        NetNamespace listed => listed,
        "" => null,
        string text when NamespaceOrigin.Find(text) is { } origin => new NetNamespace(origin),
        int pid when pid < 1 => NamespaceReference.FromProcess(pid),
        PSObject copied when new PropertyBag(copied) is var copy && NetNamespace.IsCopy(copy) => NetNamespace.FromCopy(copy),
        _ => new NetNamespace(
            NamespaceReference.Parse(System.Convert.ToString(input, CultureInfo.InvariantCulture) ?? ""), identity: null),
    };
}
