using System.Collections;
using EgressNet.Netlink.Namespaces;

namespace EgressNet.Completers;

/// <summary>Completes the names under /run/netns.</summary>
internal sealed class NetNamespaceCompleter : OfferCompleterBase
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(string parameter, IDictionary bound) =>
        NetNamespaces.List().Select(ns => (ns.ToString(), ns.Path));
}
