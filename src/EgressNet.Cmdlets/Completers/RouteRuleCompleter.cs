using System.Collections;
using EgressNet.Netlink.Rules;
using EgressNet.Sessions;

namespace EgressNet.Completers;

/// <summary>Completes what route rules have: priorities, prefixes and marks.</summary>
internal sealed class RouteRuleCompleter : OfferCompleterBase
{
    private const int MaxOffers = 1000;

    private protected override IEnumerable<(string Text, string ToolTip)> Offers(string parameter, IDictionary bound)
    {
        using NamespaceSession session = Enter(NamespaceOf(bound));
        return
        [
            .. session.Connection.RouteRules.List().Select(rule => (TextOf(rule, parameter), $"{rule}"))
                .Where(offer => offer.Item1.Length > 0)
                .Take(MaxOffers),
        ];
    }

    private static string TextOf(RouteRule rule, string parameter) => parameter switch
    {
        nameof(NetRouteRule.SourcePrefix) => $"{rule.Source}",
        nameof(NetRouteRule.DestinationPrefix) => $"{rule.Destination}",
        nameof(NetRouteRule.Mark) => rule.Mark == 0 ? "" : $"0x{rule.Mark:x}",
        nameof(NetRouteRule.MarkMask) => rule.MarkMask is 0 or uint.MaxValue ? "" : $"0x{rule.MarkMask:x}",
        _ => $"{rule.Priority}",
    };
}
