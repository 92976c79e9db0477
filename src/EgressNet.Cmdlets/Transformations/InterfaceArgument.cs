
namespace EgressNet.Transformations;

/// <summary>What may be piped as an interface, for all that is on it.</summary>
internal static class InterfaceArgument
{
    private static readonly string[] s_interfaces = [nameof(NetAdapter), nameof(EgressVeth), "NetIPInterface"];

    /// <param name="item">What is piped.</param>
    /// <param name="type">The type of objects that are meant by themselves.</param>
    /// <exception cref="ArgumentTransformationMetadataException">It is neither of that type nor an interface.</exception>
    public static void ThrowUnlessInterface(object? item, Type type)
    {
        string? noun = TextArgumentAttribute.TypeOf(item);
        bool isMeant = item is PSObject { BaseObject: PSCustomObject } custom
            ? IsMeant(new PropertyBag(custom), noun, type)
            : noun is null || noun == type.Name;
        if (!isMeant && !s_interfaces.Contains(noun))
        {
            throw new ArgumentTransformationMetadataException(TerminalText.Of(
                $"'{item}' is neither a whole {type.Name} nor an interface, all of which would be meant."));
        }
    }

    // An address and its interface are enough to tell it, and are bound by name.
    private static bool IsMeant(PropertyBag copy, string? noun, Type type) =>
        copy.Has(nameof(NetIPAddress.IPAddress)) && (type == typeof(NetIPAddress) || type == typeof(NetNeighbor))
        && (noun is null || noun == type.Name);
}
