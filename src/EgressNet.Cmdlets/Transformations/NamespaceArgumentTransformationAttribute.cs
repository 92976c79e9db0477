using System.Collections;
using System.Management.Automation;

namespace EgressNet.Transformations;

/// <summary>Takes a namespace given as an argument for its name, which is no wildcard then.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NamespaceArgumentTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData is PSObject { BaseObject: IList } or IList
            ? ((IList)PSObject.AsPSObject(inputData).BaseObject).Cast<object?>().Select(NameOf).ToArray()
            : NameOf(inputData)!;

    private static object? NameOf(object? item) =>
        (item is PSObject wrapped ? wrapped.BaseObject : item) is NetNamespace ns ? WildcardPattern.Escape(ns.Name) : item;
}
