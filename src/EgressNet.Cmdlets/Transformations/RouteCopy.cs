using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;

namespace EgressNet.Transformations;

/// <summary>Converts a deserialized copy to a route.</summary>
internal static class RouteCopy
{
    public static bool Is(PropertyBag copy) => copy.Has(
        nameof(NetRoute.DestinationPrefix), nameof(NetRoute.RouteTable), nameof(NetRoute.RouteType), nameof(NetRoute.Flags));

    public static NetRoute Read(PropertyBag copy)
    {
        if (copy.Text(nameof(NetRoute.Other)) is { } other)
        {
            throw new FormatException($"the route has {other}, which only an object from Get-NetRoute itself has.");
        }

        InetAddress gateway = copy.Address(nameof(NetRoute.NextHop));
        NextHop[] hops = [.. copy.List(nameof(NetRoute.NextHops)).Select(HopOf)];
        Route route = new()
        {
            Destination = InetPrefix.Parse(copy.Text(nameof(NetRoute.DestinationPrefix)) ?? ""),
            Gateway = gateway.IsUnspecified ? default : gateway,
            PreferredSource = copy.Address(nameof(NetRoute.PreferredSource)),
            InterfaceIndex = copy.Number<int>(nameof(NetRoute.InterfaceIndex)),
            Metric = copy.Number<uint>(nameof(NetRoute.RouteMetric)),
            Table = copy.Number<uint>(nameof(NetRoute.RouteTable)),
            Flags = copy.Name<RouteFlags>(nameof(NetRoute.Flags)),
            Type = copy.Name<RouteType>(nameof(NetRoute.RouteType)),
            Scope = copy.Name<RouteScope>(nameof(NetRoute.Scope)),
            Protocol = copy.Name<RouteProtocol>(nameof(NetRoute.Protocol)),
            Metrics = copy.Text(nameof(NetRoute.Mtu)) is null
                ? null
                : new RouteMetrics { [RouteMetric.Mtu] = copy.Number<uint>(nameof(NetRoute.Mtu)) },
            NextHops = hops.Length == 0 ? null : hops,
        };
        return new NetRoute(
            route,
            copy.Text(nameof(NetRoute.InterfaceAlias)) ?? "",
            NamespaceOrigin.OfCopy(copy.Text(nameof(NetRoute.NetNamespace))));
    }

    // JSON makes an object of a hop, and the others a text.
    private static NextHop HopOf(object? item) =>
        item is PSObject custom && new PropertyBag(custom) is var hop && hop.Has(nameof(NetRouteHop.Weight))
            ? new NextHop
            {
                Gateway = hop.Address(nameof(NetRouteHop.Gateway)),
                InterfaceIndex = hop.Number<int>(nameof(NetRouteHop.InterfaceIndex)),
                Weight = hop.Number(nameof(NetRouteHop.Weight), 1),
                Flags = hop.Name<RouteFlags>(nameof(NetRouteHop.Flags)),
            }
            : NetRouteHop.Parse($"{item}");
}
