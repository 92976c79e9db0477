using System.Collections;
using EgressNet.Errors;

namespace EgressNet.Transformations;

/// <summary>Converts copies of an output object, from Export-Clixml, a job, JSON or CSV. Bound property by property, a copy
/// would lose what has no parameter: a route of table 100 would become one of the main table.</summary>
/// <param name="type">The output type.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CopyTransformationAttribute(Type type) : ArgumentTransformationAttribute
{
    /// <summary>Whether objects with a name that is not a namespace's are refused.</summary>
    public bool RefusesOthers { get; set; }

    /// <summary>Whether an interface may come in its place, whose name another parameter takes. Whatever else names one is
    /// refused: all that the interface has would be meant.</summary>
    public bool TakesInterfaces { get; set; }

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

        object? taken = item is PSObject { BaseObject: PSCustomObject } custom ? Taken(custom) : item;
        if (TakesInterfaces && taken == item)
        {
            InterfaceArgument.ThrowUnlessInterface(item, type);
        }

        return taken;
    }

    private object Taken(PSObject custom)
    {

        PropertyBag copy = new(custom);
        try
        {
            return type == typeof(NetRoute) && RouteCopy.Is(copy) ? RouteCopy.Read(copy)
                : type == typeof(NetIPAddress) && AddressCopy.Is(copy) ? AddressCopy.Read(copy)
                : type == typeof(NetAdapter) && NetAdapter.IsCopy(copy) ? NetAdapter.FromCopy(copy)
                : type == typeof(NetNeighbor) && NeighborCopy.Is(copy) ? NeighborCopy.Read(copy)
                : type == typeof(NetRouteRule) && RouteRuleCopy.Is(copy) ? RouteRuleCopy.Read(copy)
                : type == typeof(NetIPInterface) && IPInterfaceCopy.Is(copy) ? IPInterfaceCopy.Read(copy)
                : type == typeof(NetNamespace) && NetNamespace.IsCopy(copy) ? NetNamespace.FromCopy(copy)
                : type == typeof(EgressNat) && EgressNat.IsCopy(copy) ? EgressNat.FromCopy(copy)
                : type == typeof(EgressVeth) && EgressVeth.IsCopy(copy) ? throw EgressVeth.CopyRefused
                : type == typeof(ContainerEgress) && ContainerEgressTest.IsCopy(copy) ? throw ContainerEgressTest.CopyRefused
                : custom;
        }
        catch (Exception fault) when (fault is FormatException or OverflowException or ArgumentException)
        {
            throw new ArgumentTransformationMetadataException(
                TerminalText.Of($"This copy cannot be used: {fault.PlainMessage()}"), fault);
        }
    }
}
