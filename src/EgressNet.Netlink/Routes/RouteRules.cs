using EgressNet.Netlink.Inet;

namespace EgressNet.Netlink.Routes;

/// <summary>Rejects what the kernel would silently install as something else.</summary>
internal static class RouteRules
{
    public static void ThrowIfInvalid(Route route)
    {
        ThrowIfUnnamable(route);
        if (route.Type == RouteType.Unspecified)
        {
            throw new ArgumentException($"The route to {route.Destination} has no type.", nameof(route));
        }

        if (route.Table == 0)
        {
            throw new ArgumentException($"The route to {route.Destination} has no table.", nameof(route));
        }

        if (!route.PreferredSource.IsNone && route.PreferredSource.Family != route.Family)
        {
            throw new ArgumentException(
                $"Source {route.PreferredSource} is not of the family of {route.Destination}.", nameof(route));
        }

        ThrowIfWrongGateway(route, route.Gateway);
        for (int i = 0; i < route.NextHops?.Count; i++)
        {
            NextHop hop = route.NextHops[i];
            ThrowIfWrongGateway(route, hop.Gateway);
            if (hop.Weight is < 1 or > 256)
            {
                throw new ArgumentException($"Weight {hop.Weight} is not within 1 to 256.", nameof(route));
            }
        }
    }

    /// <summary>The part that a deletion needs as well.</summary>
    public static void ThrowIfUnnamable(Route route)
    {
        if (route.Family is not (AddressFamily.IPv4 or AddressFamily.IPv6))
        {
            throw new ArgumentException("A route needs an IPv4 or IPv6 destination.", nameof(route));
        }

        if (route.Destination.Length > route.Destination.Address.BitLength)
        {
            throw new ArgumentException($"{route.Destination} has too long a prefix.", nameof(route));
        }

        if (route.Destination.HasHostBits)
        {
            throw new ArgumentException(
                $"{route.Destination} has host bits set; the network is {route.Destination.Network}.", nameof(route));
        }
    }

    private static void ThrowIfWrongGateway(Route route, InetAddress gateway)
    {
        if (route.Family == AddressFamily.IPv6 && gateway.Family == AddressFamily.IPv4)
        {
            throw new ArgumentException(
                $"IPv4 gateway {gateway} cannot carry the IPv6 route to {route.Destination}.", nameof(route));
        }
    }
}
