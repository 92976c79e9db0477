using System.Collections;
using System.Management.Automation;

namespace EgressNet.Transformations;

/// <summary>Takes a namespace for its name, or its path, which is no wildcard then. Other objects have names of their own,
/// which are no namespace's.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NamespaceArgumentTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether the path is meant.</summary>
    public bool IsPath { get; set; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData is PSObject { BaseObject: IList } or IList
            ? ((IList)PSObject.AsPSObject(inputData).BaseObject).Cast<object?>().Select(TextOf).ToArray()
            : TextOf(inputData)!;

    private object? TextOf(object? item)
    {
        TextArgumentAttribute.ThrowIfObject(item, except: typeof(NetNamespace));
        return NamespaceOf(item) is not { } ns ? item
            : IsPath ? ns.Path
            : WildcardPattern.Escape(ns.Name);
    }

    private static NetNamespace? NamespaceOf(object? item) => item is not PSObject wrapped ? item as NetNamespace
        : wrapped.BaseObject is PSCustomObject && new PropertyBag(wrapped) is var copy && NetNamespace.IsCopy(copy)
            ? NetNamespace.FromCopy(copy)
            : wrapped.BaseObject as NetNamespace;
}
