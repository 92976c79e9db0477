namespace EgressNet.Netlink.Neighbors;

/// <summary>What the kernel would take in silence and keep as something else, or refuse and keep half of it.</summary>
internal static class NeighborRules
{
    public static void ThrowIfInvalid(Neighbor neighbor)
    {
        ThrowIfUnnamable(neighbor);
        string? fault = neighbor switch
        {
            { IsProxy: true, LinkLayerAddress.IsNone: false } => "A proxy entry has no link-layer address.",
            { IsProxy: true, State: not NeighborState.None } => "A proxy entry has no state.",
            { IsProxy: false, LinkLayerAddress.IsNone: true } when Neighbor.HasAddressIn(neighbor.State) =>
                $"{neighbor.State} needs a link-layer address.",
            { LinkLayerAddress.IsNone: false } when !Neighbor.HasAddressIn(neighbor.State) =>
                $"{neighbor.State} has no link-layer address.",
            _ => null,
        };
        Throw(neighbor, fault);
    }

    /// <summary>The part that a deletion needs as well.</summary>
    public static void ThrowIfUnnamable(Neighbor neighbor)
    {
        string? fault = neighbor switch
        {
            { Address.IsNone: true } => "It has no address.",
            { InterfaceIndex: < 0 } or { InterfaceIndex: 0, IsProxy: false } => "It names no interface.",
            _ => null,
        };
        Throw(neighbor, fault);
    }

    private static void Throw(Neighbor neighbor, string? fault)
    {
        if (fault is not null)
        {
            throw new ArgumentException($"{neighbor} cannot be a neighbor. {fault}", nameof(neighbor));
        }
    }
}
