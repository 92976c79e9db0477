using System.Collections;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Sessions;

namespace EgressNet.Completers;

/// <summary>Completes addresses of interfaces, and their prefix lengths; for NatAddress those of the node, not of the
/// container's namespace.</summary>
internal sealed class AddressCompleter : OfferCompleterBase
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(string parameter, IDictionary bound)
    {
        using NamespaceSession session = Enter(parameter == "NatAddress" ? null : NamespaceOf(bound));
        return session.Connection.Addresses.List(AddressFamily.Unspecified, 0).Select(address => (
            parameter == nameof(NetIPAddress.PrefixLength) ? $"{address.Local.Length}" : $"{address.Local.Address}",
            $"{address}"));
    }
}
