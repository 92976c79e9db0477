using System.Collections;
using EgressNet.Netlink.Namespaces;
using EgressNet.Sessions;
using EgressNet.Veths;

namespace EgressNet.Completers;

/// <summary>Completes names of containers' ends of veth pairs, in the namespace typed so far, else in every named one.</summary>
internal sealed class EgressVethCompleter : OfferCompleterBase
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(string parameter, IDictionary bound)
    {
        using NamespaceSession host = Enter(null);
        VethFinder finder = new(host.Connection);
        return
        [
            .. (NamespaceOf(bound) is { } typed ? [typed] : NetNamespaces.List())
                .SelectMany(reference => PairsIn(finder, reference).Select(pair => (
                    pair.Container.Name, $"{pair.Container.Name} in {reference} <-> {pair.Host.Name}"))),
        ];
    }

    private static VethPair[] PairsIn(VethFinder finder, NamespaceReference reference)
    {
        try
        {
            using NamespaceSession container = Enter(reference);
            return [.. finder.Find(container.Connection)];
        }
        catch (NetNamespaceException)
        {
            return [];
        }
    }
}
