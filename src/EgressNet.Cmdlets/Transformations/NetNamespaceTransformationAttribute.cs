using System.Globalization;
using System.Management.Automation;
using EgressNet.Netlink.Namespaces;

namespace EgressNet.Transformations;

/// <summary>A namespace by name, path, process id or object.</summary>
public sealed class NetNamespaceTransformationAttribute : InputTransformationAttribute
{
    /// <inheritdoc/>
    protected override object? Convert(object input) => input switch
    {
        NamespaceReference reference => reference,
        NetNamespace listed => listed.Reference,
        "" => null,
        string text when NamespaceOrigin.Find(text) is { } reference => reference,
        int pid when pid < 1 => NamespaceReference.FromProcess(pid),
        PSObject listed when Deserialized(listed) is { } reference => reference,
        _ => NamespaceReference.Parse(System.Convert.ToString(input, CultureInfo.InvariantCulture) ?? ""),
    };

    // A NetNamespace that came from a job or a file has its identity as numbers.
    private static NamespaceReference? Deserialized(PSObject listed)
    {
        ulong? Number(string property) =>
            LanguagePrimitives.TryConvertTo(listed.Properties[property]?.Value, out ulong? number) ? number : null;
        return listed.Properties[nameof(NetNamespace.Path)]?.Value is string path
            && Number(nameof(NetNamespace.Device)) is { } device
            && Number(nameof(NetNamespace.Inode)) is { } inode
            ? NamespaceReference.FromPath(path)
                .WithIdentity(new NetNamespaceIdentity(device, inode, Number(nameof(NetNamespace.Cookie))))
            : null;
    }
}
