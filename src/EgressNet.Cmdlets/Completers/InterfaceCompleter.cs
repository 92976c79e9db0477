using System.Collections;
using EgressNet.Netlink.Links;
using EgressNet.Sessions;

namespace EgressNet.Completers;

/// <summary>Completes names, indexes and kinds of interfaces.</summary>
internal sealed class InterfaceCompleter : OfferCompleterBase
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(string parameter, IDictionary bound)
    {
        using NamespaceSession session = Enter(NamespaceOf(bound));
        return session.Connection.Links.List()
            .Select(link => (
                TextOf(link, parameter), $"{link.Name}: {link.Kind ?? "device"} {link.Index}, {link.MacAddress}"))
            .Where(offer => offer.Item1.Length > 0);
    }

    private static string TextOf(Link link, string parameter) => parameter switch
    {
        nameof(NetAdapter.InterfaceIndex) => $"{link.Index}",
        nameof(NetAdapter.Kind) => link.Kind ?? "",
        _ => link.Name,
    };
}
