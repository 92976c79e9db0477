using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.IPInterfaces;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.Sessions;

namespace EgressNet.Queries;

/// <summary>Interfaces with all that they have.</summary>
internal sealed class IPConfigurationQuery
{
    public string[]? InterfaceAlias { get; init; }

    public int[]? InterfaceIndex { get; init; }

    /// <summary>Whether those that are down, and the loopback, are meant where none is named.</summary>
    public bool All { get; init; }

    public bool Detailed { get; init; }

    public required IReadOnlyList<string> NameServers { get; init; }

    public IEnumerable<NetIPConfiguration> Run(NamespaceSession session)
    {
        HashSet<int>? meant = session.MatchInterfaces(InterfaceAlias, InterfaceIndex);
        int one = meant is { Count: 1 } ? meant.Single() : 0;
        Link[] links =
        [
            .. (one != 0 ? [session.Connection.Links.Get(one)] : session.Connection.Links.List())
                .Where(link => meant?.Contains(link.Index) ?? (All || IsConnected(link))),
        ];
        ILookup<int, InterfaceAddress> addresses = session.Connection.Addresses
            .List(AddressFamily.Unspecified, one).ToLookup(address => address.InterfaceIndex);
        Route[] defaults =
        [
            .. session.ListRoutes(new RouteFilter { Table = RouteTable.Main, Type = RouteType.Unicast, InterfaceIndex = one })
                .Where(route => route.Destination.Length == 0),
        ];
        DnsClientServerAddress[] servers =
        [
            .. NameServers.GroupBy(server => server.Contains(':') ? AddressFamily.IPv6 : AddressFamily.IPv4)
                .OrderBy(family => family.Key)
                .Select(family => new DnsClientServerAddress($"{family.Key}", family)),
        ];
        return links.Select(link => Of(session, link, [.. addresses[link.Index]], defaults, servers));
    }

    private NetIPConfiguration Of(
        NamespaceSession session,
        Link link,
        InterfaceAddress[] addresses,
        Route[] defaults,
        DnsClientServerAddress[] servers)
    {
        NetIPInterface? FamilyOf(AddressFamily family) =>
            IPInterfaceOperations.Of(link, family).Select(row => new NetIPInterface(row, session.Origin)).FirstOrDefault();

        TextList<NetIPAddress> AddressesOf(Func<InetAddress, bool> isMeant) =>
            new(addresses.Where(address => isMeant(address.Local.Address)).Select(address => session.ToOutput(address)));

        TextList<NetRoute> GatewaysOf(AddressFamily family) => new(
            defaults.Where(route => route.Family == family && GatewayOf(route, link.Index) is { IsNone: false })
                .OrderBy(route => route.Metric)
                .Select(session.ToOutput),
            route => $"{GatewayOf(route.Route, link.Index)}");

        return new NetIPConfiguration(session.ToOutput(link), Detailed)
        {
            NetIPv4Interface = FamilyOf(AddressFamily.IPv4),
            NetIPv6Interface = FamilyOf(AddressFamily.IPv6),
            IPv4Address = AddressesOf(address => address.Family == AddressFamily.IPv4),
            IPv6Address = AddressesOf(address => address is { Family: AddressFamily.IPv6, IsLinkLocal: false }),
            IPv6LinkLocalAddress = AddressesOf(address => address is { Family: AddressFamily.IPv6, IsLinkLocal: true }),
            IPv4DefaultGateway = GatewaysOf(AddressFamily.IPv4),
            IPv6DefaultGateway = GatewaysOf(AddressFamily.IPv6),
            DNSServer = new TextList<DnsClientServerAddress>(servers),
        };
    }

    private static bool IsConnected(Link link) => !link.Flags.HasFlag(LinkFlags.Loopback)
        && IPInterfaceOperations.Of(link).Any(row => row.IsConnected);

    // Of a multipath route, the gateway that is reached by the interface.
    private static InetAddress GatewayOf(Route route, int interfaceIndex) =>
        route.NextHops?.FirstOrDefault(hop => hop.InterfaceIndex == interfaceIndex)?.Gateway
            ?? (route.InterfaceIndex == interfaceIndex ? route.Gateway : default);
}
