using System.Management.Automation;
using EgressNet.Errors;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;

namespace EgressNet.Abstractions;

/// <summary>Which routes a cmdlet means: what the kernel filters, and the rest here.</summary>
internal sealed class RouteQuery
{
    private readonly NameFilter _destinations;

    public RouteQuery(string[]? destinationPrefixes) =>
        _destinations = new NameFilter(destinationPrefixes?.Select(Canonical), ignoreCase: true);

    public string[]? InterfaceAlias { get; init; }

    public int[]? InterfaceIndex { get; init; }

    public string[]? NextHop { get; init; }

    public AddressFamily? AddressFamily { get; init; }

    public uint[]? RouteMetric { get; init; }

    public RouteProtocol[]? Protocol { get; init; }

    public RouteScope[]? Scope { get; init; }

    public uint RouteTable { get; init; }

    public RouteType[]? RouteType { get; init; }

    public string[]? PreferredSource { get; init; }

    public bool HasWildcard => _destinations.HasWildcard;

    public IEnumerable<string> UnmatchedDestinations => _destinations.Unmatched;

    /// <summary>Reads routes as the kernel hands them over.</summary>
    public IEnumerable<NetRoute> Run(NamespaceSession session)
    {
        NameFilter nextHops = NameFilter.OfAddresses(NextHop);
        NameFilter sources = NameFilter.OfAddresses(PreferredSource);
        HashSet<int>? interfaces = session.MatchInterfaces(InterfaceAlias, InterfaceIndex);
        foreach (Route route in session.ListRoutes(KernelFilter(interfaces)))
        {
            // Texts cost more than the route itself, and names a question: none is made that no filter asks for.
            if (Passes(route)
                && (interfaces is null || LeadsOutOf(route, interfaces))
                && (nextHops.IsEmpty || GatewaysOf(route).Any(nextHops.Matches))
                && (sources.IsEmpty || sources.Matches(NetRoute.TextOf(route.PreferredSource) ?? ""))
                && (_destinations.IsEmpty || _destinations.Matches(route.Destination.ToString())))
            {
                yield return session.ToOutput(route);
            }
        }
    }

    private static IEnumerable<string> GatewaysOf(Route route) =>
        (route.NextHops ?? []).Select(hop => new NetRouteHop(hop).Gateway).Prepend(NetRoute.NextHopOf(route));

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

    private RouteFilter KernelFilter(HashSet<int>? interfaces) => new()
    {
        Family = AddressFamily ?? Netlink.Inet.AddressFamily.Unspecified,
        Table = RouteTable,
        InterfaceIndex = interfaces is { Count: 1 } ? interfaces.Single() : 0,
        Protocol = Protocol is [RouteProtocol protocol] ? protocol : RouteProtocol.Unspecified,
    };

    private bool Passes(Route route) =>
        (RouteMetric is null || RouteMetric.Contains(route.Metric))
        && (Protocol is null || Protocol.Contains(route.Protocol))
        && (Scope is null || Scope.Contains(route.Scope))
        && (RouteType is null || RouteType.Contains(route.Type));
}
