using System.Collections;

namespace EgressNet.Transformations;

/// <summary>Converts a namespace object to its name or path, as a literal. Other objects with a name are refused.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NamespaceArgumentTransformationAttribute : ArgumentTransformationAttribute
{
    // What our other objects with a name have beside it, and no namespace.
    private static readonly string[] s_marksOfOthers =
    [
        nameof(NetAdapter.NetNamespace), nameof(NetAdapter.InterfaceIndex), nameof(NetAdapter.InterfaceAlias),
        nameof(ContainerEgress.Sandbox), nameof(ContainerEgress.HostInterface), nameof(EgressNat.Owner),
        nameof(EgressNat.Nat),
    ];

    /// <summary>Whether the object becomes its path.</summary>
    public bool IsPath { get; set; }

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData is PSObject { BaseObject: IList } or IList
            ? ((IList)PSObject.AsPSObject(inputData).BaseObject).Cast<object?>().Select(TextOf).ToArray()
            : TextOf(inputData)!;

    /// <summary>Refuses objects with a name that is not a namespace's, also copies from JSON, CSV and Select-Object.</summary>
    internal static void ThrowIfOther(object? item)
    {
        TextArgumentAttribute.ThrowIfObject(item, except: typeof(NetNamespace));
        if (item is PSObject { BaseObject: PSCustomObject } custom && new PropertyBag(custom) is var copy
            && copy.Has(nameof(NetNamespace.Name)) && s_marksOfOthers.Any(mark => copy.Has(mark))
            && !NetNamespace.IsCopy(copy))
        {
            string name = TerminalText.Of(copy.Text(nameof(NetNamespace.Name)));
            throw new ArgumentTransformationMetadataException(
                $"'{name}' is the name of an object of another kind, and not of a namespace.");
        }
    }

    private object? TextOf(object? item)
    {
        ThrowIfOther(item);
        return NamespaceOf(item) is not { } ns ? item
            : IsPath ? ns.Path
            : WildcardPattern.Escape(ns.Name);
    }

    private static NetNamespace? NamespaceOf(object? item) => item is not PSObject wrapped ? item as NetNamespace
        : wrapped.BaseObject is PSCustomObject && new PropertyBag(wrapped) is var copy && NetNamespace.IsCopy(copy)
            ? NetNamespace.FromCopy(copy)
            : wrapped.BaseObject as NetNamespace;
}
