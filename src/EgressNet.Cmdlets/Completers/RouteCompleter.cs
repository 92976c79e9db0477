using System.Collections;
using EgressNet.Netlink.Routes;
using EgressNet.Sessions;
using EgressNet.Transformations;

namespace EgressNet.Completers;

/// <summary>Completes destinations, gateways and metrics of routes; for ExcludePrefix, destinations of the node.</summary>
internal sealed class RouteCompleter : OfferCompleterBase
{
    private const int MaxOffers = 1000;

    private protected override IEnumerable<(string Text, string ToolTip)> Offers(string parameter, IDictionary bound)
    {
        uint table = bound[nameof(NetRoute.RouteTable)] is { } typed
            ? (uint)new RouteTableTransformationAttribute().Transform(null!, typed)
            : RouteTable.Main;
        using NamespaceSession session = Enter(parameter == "ExcludePrefix" ? null : NamespaceOf(bound));
        return
        [
            .. session.Connection.Routes.List(new RouteFilter { Table = table }).Take(MaxOffers)
                .Select(route => (TextOf(route, parameter), $"{route}")).Where(offer => offer.Item1.Length > 0),
        ];
    }

    private static string TextOf(Route route, string parameter) => parameter switch
    {
        nameof(NetRoute.DestinationPrefix) or "ExcludePrefix" => $"{route.Destination}",
        nameof(NetRoute.RouteMetric) => $"{route.Metric}",
        _ => $"{route.Gateway}",
    };
}
