using EgressNet.Attachments;
using EgressNet.Netlink.Inet;

namespace EgressNet;

/// <summary>One route of a CNI result, under the names that New-NetRoute binds.</summary>
public sealed class CniNetRoute : Comparable<CniNetRoute>
{
    internal CniNetRoute(AttachmentRoute route, InetAddress familyGateway, string? sandbox)
    {
        Route = route;
        InetAddress gateway = GatewayOf(route, familyGateway);
        NextHop = gateway.IsNone ? null : gateway.ToString();
        Sandbox = sandbox;
    }

    /// <summary>The destination.</summary>
    public string DestinationPrefix => Route.Destination.ToString();

    /// <summary>Its own gateway, else that of the address; null for an on-link route.</summary>
    public string? NextHop { get; }

    /// <summary>The metric, 0 for the family's own.</summary>
    public uint RouteMetric => Route.Metric;

    /// <summary>The routing table.</summary>
    public uint RouteTable => Route.Table;

    /// <summary>How far the destination is; null where the result leaves it open.</summary>
    public string? Scope => Route.Scope == 0 ? null : Route.Scope.ToString();

    /// <summary>The path MTU in bytes, 0 for none.</summary>
    public uint Mtu => Route.Mtu ?? 0;

    /// <summary>The advertised maximum segment size in bytes, 0 for none.</summary>
    public uint AdvertisedMss => Route.AdvertisedMss ?? 0;

    /// <summary>The path of the network namespace of its address's interface; null where the result names none.</summary>
    public string? Sandbox { get; }

    /// <summary>As the result has it.</summary>
    internal AttachmentRoute Route { get; }

    private protected override IEnumerable<object?> Compared => [Route, NextHop, Sandbox];

    /// <summary>The route in the syntax of <c>ip route</c>, without the address's gateway.</summary>
    /// <returns>Such as <c>0.0.0.0/0</c>.</returns>
    public override string ToString() => Route.ToString();

    // What leads to the gateway cannot be behind it.
    private static InetAddress GatewayOf(AttachmentRoute route, InetAddress familyGateway) =>
        route.IsOnLink || route.Destination == InetPrefix.Host(familyGateway) ? default
        : route.Gateway.IsNone ? familyGateway
        : route.Gateway;

    private protected override int CompareKey(CniNetRoute other) =>
        (Route.Destination, Route.Metric, Route.Table)
            .CompareTo((other.Route.Destination, other.Route.Metric, other.Route.Table));
}
