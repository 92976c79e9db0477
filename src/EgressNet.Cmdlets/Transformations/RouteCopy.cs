using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;

namespace EgressNet.Transformations;

/// <summary>Converts a deserialized copy to a route.</summary>
internal static class RouteCopy
{
    private static readonly string[] s_telling =
        [nameof(NetRoute.RouteTable), nameof(NetRoute.RouteType), nameof(NetRoute.Flags)];

    // With next hops it is a copy too, however little else is left: bound by name, it would lead to the first of them.
    public static bool Is(PropertyBag copy) => copy.Has(nameof(NetRoute.DestinationPrefix))
        && (copy.Has(s_telling) || copy.List(nameof(NetRoute.NextHops)).Any());

    public static NetRoute Read(PropertyBag copy)
    {
        if (copy.Text(nameof(NetRoute.Other)) is { } other)
        {
            throw new FormatException($"the route has {other}, which only an object from Get-NetRoute itself has.");
        }

        foreach (string name in (string[])[.. s_telling, nameof(NetRoute.NextHops)])
        {
            if (!copy.Has(name))
            {
                throw new FormatException($"the copy of a route lacks {name}, without which it may be another one.");
            }
        }

        InetAddress gateway = copy.Address(nameof(NetRoute.NextHop));
        object?[] items = [.. copy.List(nameof(NetRoute.NextHops))];
        NextHop[] hops = Array.ConvertAll(items, HopOf);
        bool isMultipath = hops.Length > 0;
        string alias = copy.Text(nameof(NetRoute.InterfaceAlias)) ?? "";
        Route route = new()
        {
            Destination = InetPrefix.Parse(copy.Text(nameof(NetRoute.DestinationPrefix)) ?? ""),
            Gateway = isMultipath || gateway.IsUnspecified ? default : gateway,
            PreferredSource = copy.Address(nameof(NetRoute.PreferredSource)),
            InterfaceIndex = isMultipath ? 0 : copy.Number<int>(nameof(NetRoute.InterfaceIndex)),
            Metric = copy.Number<uint>(nameof(NetRoute.RouteMetric)),
            Table = copy.Number<uint>(nameof(NetRoute.RouteTable)),
            Flags = copy.Name<RouteFlags>(nameof(NetRoute.Flags)),
            Type = copy.Name<RouteType>(nameof(NetRoute.RouteType)),
            Scope = copy.Name<RouteScope>(nameof(NetRoute.Scope)),
            Protocol = copy.Name<RouteProtocol>(nameof(NetRoute.Protocol)),
            Metrics = copy.Text(nameof(NetRoute.Mtu)) is null
                ? null
                : new RouteMetrics { [RouteMetric.Mtu] = copy.Number<uint>(nameof(NetRoute.Mtu)) },
            NextHops = isMultipath ? hops : null,
        };
        return new NetRoute(
            route,
            alias,
            NamespaceOrigin.OfCopy(copy.Text(nameof(NetRoute.NetNamespace))),
            isMultipath ? [.. items.Select((item, at) => AliasOf(item) ?? (at == 0 ? alias : ""))] : null);
    }

    private static string? AliasOf(object? hop) =>
        hop is PSObject custom ? new PropertyBag(custom).Text(nameof(NetRouteHop.InterfaceAlias)) : null;

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
