using System.Collections;
using EgressNet.Netlink.Routes;
using EgressNet.Transformations;

namespace EgressNet.Completers;

/// <summary>Completes the names of routing protocols.</summary>
internal sealed class RouteProtocolCompleter : OfferCompleterBase
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(string parameter, IDictionary bound) =>
        Enum.GetValues<RouteProtocol>().Select(protocol => ($"{protocol}", $"protocol {(byte)protocol}"))
            .Concat(RouteProtocolTransformationAttribute.WindowsNames
                .Select(word => (word.Key, $"of Windows: {string.Join(", ", word.Value)}")));
}
