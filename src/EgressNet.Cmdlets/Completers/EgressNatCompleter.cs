using System.Collections;
using EgressNet.Nat;
using EgressNet.Nodes;

namespace EgressNet.Completers;

/// <summary>Completes addresses that have source NAT.</summary>
internal sealed class EgressNatCompleter : OfferCompleterBase
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(string parameter, IDictionary bound)
    {
        using EgressKernel kernel = new();
        return [.. new NatTable(kernel.Netfilter).List().Select(entry => ($"{entry.Source}", $"{entry}"))];
    }
}
