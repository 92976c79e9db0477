using System.Collections;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Transport;

namespace EgressNet.Completers;

/// <summary>Completes addresses of interfaces, and their prefix lengths; for NatAddress those of the node, not of the
/// container's namespace.</summary>
public sealed class AddressCompleter : OfferCompleterBase
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(string parameter, IDictionary bound)
    {
        using NetlinkConnection connection = parameter == "NatAddress" ? NetlinkConnection.Open() : Open(bound);
        return connection.Addresses.List(AddressFamily.Unspecified, 0).Select(address => (
            parameter == nameof(NetIPAddress.PrefixLength) ? $"{address.Local.Length}" : $"{address.Local.Address}",
            $"{address}"));
    }
}
