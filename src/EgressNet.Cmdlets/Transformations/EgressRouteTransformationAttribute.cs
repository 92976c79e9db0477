using System.Globalization;
using EgressNet.Attachments;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;

namespace EgressNet.Transformations;

/// <summary>A route of a container: a text as in <c>10.0.0.0/8 via 10.1.1.1 metric 5</c>, or an object with
/// DestinationPrefix and NextHop.</summary>
internal sealed class EgressRouteTransformationAttribute : InputTransformationAttribute
{
    protected override object? Convert(object input) => input switch
    {
        AttachmentRoute route => route,
        CniNetRoute route => route.Route,
        NetRoute route => AttachmentRoute.FromRoute(route.Route),
        PSObject custom => FromProperties(new PropertyBag(custom)),
        _ => AttachmentRoute.Parse(System.Convert.ToString(input, CultureInfo.InvariantCulture) ?? ""),
    };

    private static AttachmentRoute FromProperties(PropertyBag copy)
    {
        if (RouteCopy.Is(copy))
        {
            return AttachmentRoute.FromRoute(RouteCopy.Read(copy).Route);
        }

        AttachmentRoute route = AttachmentRoute.Parse(copy.Text(nameof(CniNetRoute.DestinationPrefix)) ?? "");
        InetAddress gateway = copy.Address(nameof(CniNetRoute.NextHop));
        return route with
        {
            Gateway = gateway.IsUnspecified ? default : gateway,
            Metric = copy.Number<uint>(nameof(CniNetRoute.RouteMetric)),
            Table = copy.Number(nameof(CniNetRoute.RouteTable), RouteTable.Main),
            Scope = copy.Text(nameof(CniNetRoute.Scope)) is null ? default : copy.Name<RouteScope>(nameof(CniNetRoute.Scope)),
            Mtu = Set(copy.Number<uint>(nameof(CniNetRoute.Mtu))),
            AdvertisedMss = Set(copy.Number<uint>(nameof(CniNetRoute.AdvertisedMss))),
        };
    }

    private static uint? Set(uint value) => value == 0 ? null : value;
}
