using System.Collections;
using EgressNet.Netlink.Routes;

namespace EgressNet.Completers;

/// <summary>Completes the names of routing protocols.</summary>
internal sealed class RouteProtocolCompleter : OfferCompleterBase
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(string parameter, IDictionary bound) =>
        Enum.GetValues<RouteProtocol>().Select(protocol => ($"{protocol}", $"protocol {(byte)protocol}"));
}
