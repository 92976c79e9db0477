using System.Collections;
using EgressNet.Transformations;

namespace EgressNet.Completers;

/// <summary>Completes the names of routing tables.</summary>
internal sealed class RouteTableCompleter : OfferCompleterBase
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(string parameter, IDictionary bound) =>
        RouteTableTransformationAttribute.Names
            .Select(table => (table.Key, table.Value == 0 ? "every table" : $"table {table.Value}"));
}
