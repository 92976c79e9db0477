using System.Collections;
using EgressNet.Netlink.Neighbors;
using EgressNet.Sessions;

namespace EgressNet.Completers;

/// <summary>Completes addresses and link-layer addresses of neighbors, proxy entries among them.</summary>
internal sealed class NeighborCompleter : OfferCompleterBase
{
    private const int MaxOffers = 1000;

    private protected override IEnumerable<(string Text, string ToolTip)> Offers(string parameter, IDictionary bound)
    {
        using NamespaceSession session = Enter(NamespaceOf(bound));
        return
        [
            .. session.Connection.Neighbors.List().Concat(session.Connection.Neighbors.List(proxies: true))
                .Where(neighbor => neighbor.State != NeighborState.NoArp)
                .Select(neighbor => (TextOf(neighbor, parameter), $"{neighbor}"))
                .Where(offer => offer.Item1.Length > 0)
                .Take(MaxOffers),
        ];
    }

    private static string TextOf(Neighbor neighbor, string parameter) =>
        parameter == nameof(NetNeighbor.LinkLayerAddress) ? $"{neighbor.LinkLayerAddress}" : $"{neighbor.Address}";
}
