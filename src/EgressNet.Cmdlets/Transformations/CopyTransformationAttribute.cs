using System.Collections;
using EgressNet.Errors;

namespace EgressNet.Transformations;

/// <summary>Takes copies of an output object too, from Export-Clixml, a job, JSON or CSV. Bound name by name, a copy
/// would lose what no parameter has: a route of table 100 would become one of the main table.</summary>
/// <param name="type">The output type.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CopyTransformationAttribute(Type type) : ArgumentTransformationAttribute
{
    /// <summary>Whether all but a namespace is refused, where the name of an interface would be bound in its place.</summary>
    public bool RefusesOthers { get; set; }

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData is PSObject { BaseObject: IList and not byte[] } or IList
            ? ((IList)PSObject.AsPSObject(inputData).BaseObject).Cast<object?>().Select(Original).ToArray()
            : Original(inputData)!;

    private object? Original(object? item)
    {
        if (RefusesOthers)
        {
            NamespaceArgumentTransformationAttribute.ThrowIfOther(item);
        }

        if (item is not PSObject { BaseObject: PSCustomObject } custom)
        {
            return item;
        }

        PropertyBag copy = new(custom);
        try
        {
            return type == typeof(NetRoute) && RouteCopy.Is(copy) ? RouteCopy.Read(copy)
                : type == typeof(NetIPAddress) && AddressCopy.Is(copy) ? AddressCopy.Read(copy)
                : type == typeof(NetAdapter) && NetAdapter.IsCopy(copy) ? NetAdapter.FromCopy(copy)
                : type == typeof(NetNamespace) && NetNamespace.IsCopy(copy) ? NetNamespace.FromCopy(copy)
                : type == typeof(EgressNat) && EgressNat.IsCopy(copy) ? EgressNat.FromCopy(copy)
                : type == typeof(EgressVeth) && EgressVeth.IsCopy(copy) ? throw EgressVeth.CopyRefused
                : type == typeof(ContainerEgress) && ContainerEgressTest.IsCopy(copy) ? throw ContainerEgressTest.CopyRefused
                : item;
        }
        catch (Exception fault) when (fault is FormatException or OverflowException or ArgumentException)
        {
            throw new ArgumentTransformationMetadataException(
                TerminalText.Of($"This copy cannot be taken: {fault.PlainMessage()}"), fault);
        }
    }
}
