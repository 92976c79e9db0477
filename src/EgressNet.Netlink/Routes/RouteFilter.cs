using EgressNet.Netlink.Inet;

namespace EgressNet.Netlink.Routes;

/// <summary>A filter for a dump: routes must match all properties that are set.</summary>
public readonly record struct RouteFilter
{
    /// <summary>One family.</summary>
    public AddressFamily Family { get; init; }

    /// <summary>One table; 0 for all.</summary>
    public uint Table { get; init; }

    /// <summary>Routes out of one interface; 0 for all.</summary>
    public int InterfaceIndex { get; init; }

    /// <summary>One protocol.</summary>
    public RouteProtocol Protocol { get; init; }

    /// <summary>One type.</summary>
    public RouteType Type { get; init; }

    internal bool Matches(Route route) =>
        (Family == AddressFamily.Unspecified || route.Family == Family)
        && (Table == 0 || route.Table == Table)
        && (Protocol == RouteProtocol.Unspecified || route.Protocol == Protocol)
        && (Type == RouteType.Unspecified || route.Type == Type)
        && (InterfaceIndex == 0 || LeadsOutOf(route, InterfaceIndex));

    private static bool LeadsOutOf(Route route, int interfaceIndex) =>
        route.InterfaceIndex == interfaceIndex
        || (route.NextHops?.Any(hop => hop.InterfaceIndex == interfaceIndex) ?? false);
}
