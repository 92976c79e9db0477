using EgressNet.Arguments;
using EgressNet.Errors;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Routes;
using EgressNet.Sessions;

namespace EgressNet.Queries;

/// <summary>The filters of a cmdlet for routes: those of the kernel, and the rest here.</summary>
internal sealed record RouteQuery
{
    private readonly NameFilter _destinations;
    private readonly NameFilter _nextHops = new(null);
    private readonly NameFilter _sources = new(null);

    public RouteQuery(string[]? destinationPrefixes) =>
        _destinations = new NameFilter(destinationPrefixes?.Select(Canonical), ignoreCase: true);

    public string[]? InterfaceAlias { get; init; }

    public int[]? InterfaceIndex { get; init; }

    public string[]? NextHop
    {
        init => _nextHops = NameFilter.OfAddresses(value);
    }

    public AddressFamily? AddressFamily { get; init; }

    public uint[]? RouteMetric { get; init; }

    public RouteProtocol[]? Protocol { get; init; }

    public RouteScope[]? Scope { get; init; }

    public uint RouteTable { get; init; }

    public RouteType[]? RouteType { get; init; }

    public string[]? PreferredSource
    {
        init => _sources = NameFilter.OfAddresses(value);
    }

    public bool HasWildcard => _destinations.HasWildcard;

    public IEnumerable<string> Unmatched => _destinations.Unmatched;

    /// <summary>Reads routes as the kernel hands them over.</summary>
    public IEnumerable<NetRoute> Run(NamespaceSession session)
    {
        HashSet<int>? interfaces = session.MatchInterfaces(InterfaceAlias, InterfaceIndex);
        foreach (Route route in session.ListRoutes(KernelFilter(interfaces)))
        {
            if (Passes(route)
                && (interfaces is null || LeadsOutOf(route, interfaces))
                && (_destinations.IsEmpty || _destinations.Matches(route.Destination.ToString())))
            {
                yield return session.ToOutput(route);
            }
        }
    }

    /// <summary>Reads one route again.</summary>
    /// <param name="session">Where it is.</param>
    /// <param name="known">The route as read before.</param>
    /// <returns>The route, or nothing where the filters do not want it.</returns>
    /// <exception cref="ErrorRecordException">It is not there any more.</exception>
    public IEnumerable<NetRoute> Again(NamespaceSession session, NetRoute known)
    {
        RouteFilter filter = new()
        {
            Family = known.Route.Family,
            Table = known.Route.Table,
            InterfaceIndex = known.Route.InterfaceIndex,
        };
        Route[] found = [.. session.ListRoutes(filter).Where(route => IsSame(route, known.Route))];
        Route[] exact = Array.FindAll(found, route => ExactRoutes.Same(route, known.Route));
        return found.Length > 0
            ? (exact.Length > 0 ? exact : found).Where(Wants).Select(session.ToOutput)
            : throw new ErrorRecordException($"Route {session.TextOf(known.Route)} no longer exists."
                .ToNotFoundError(ErrorId.RouteNotFound, known));
    }

    /// <summary>Whether a route passes all filters but that of the destination and the interface.</summary>
    public bool Wants(Route route) => Passes(route) && (RouteTable == 0 || RouteTable == route.Table);

    private static bool IsSame(Route route, Route known) =>
        route.SharesKeyWith(known) && route.Type == known.Type
        && (route.InterfaceIndex, route.Gateway, route.NextHopId) == (known.InterfaceIndex, known.Gateway, known.NextHopId);

    private static IEnumerable<string> GatewaysOf(Route route) => route.NextHops is { Count: > 0 } hops
        ? hops.Select(hop => NetRoute.NextHopOf(route, hop.Gateway))
        : [NetRoute.NextHopOf(route)];

    private static string Canonical(string text)
    {
        if (WildcardPattern.ContainsWildcardCharacters(text))
        {
            return text;
        }

        if (InetAddress.TryParse(text, out InetAddress address))
        {
            return InetPrefix.Host(address).ToString();
        }

        if (!InetPrefix.TryParse(text, out InetPrefix prefix))
        {
            throw new ErrorRecordException(
                $"DestinationPrefix '{text}' is not a network such as 10.0.0.0/8, nor a wildcard."
                    .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, text));
        }

        return prefix.HasHostBits
            ? throw new ErrorRecordException(
                $"DestinationPrefix '{text}' has host bits set; the network is {prefix.Network}."
                    .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, text))
            : prefix.ToString();
    }

    private static bool LeadsOutOf(Route route, HashSet<int> interfaces) =>
        interfaces.Contains(route.InterfaceIndex)
        || (route.NextHops?.Any(hop => interfaces.Contains(hop.InterfaceIndex)) ?? false);

    // No family: asked for one, Linux 6.10 and later end the list without an error before a route that fits no message.
    private RouteFilter KernelFilter(HashSet<int>? interfaces) => new()
    {
        Table = RouteTable,
        InterfaceIndex = interfaces is { Count: 1 } ? interfaces.Single() : 0,
        Protocol = Protocol is [RouteProtocol protocol] ? protocol : RouteProtocol.Unspecified,
    };

    // Texts cost more than the route itself: none is made that no filter asks for.
    private bool Passes(Route route) =>
        (AddressFamily is null || route.Family == AddressFamily)
        && (RouteMetric is null || RouteMetric.Contains(route.Metric))
        && (Protocol is null || Protocol.Contains(route.Protocol))
        && (Scope is null || Scope.Contains(route.Scope))
        && (RouteType is null || RouteType.Contains(route.Type))
        && (_nextHops.IsEmpty || GatewaysOf(route).Any(_nextHops.Matches))
        && (_sources.IsEmpty || _sources.Matches(NetRoute.TextOf(route.PreferredSource) ?? ""));
}
