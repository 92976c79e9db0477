using EgressNet.Changes;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;

namespace EgressNet.Addresses;

/// <summary>Which addresses go with another: the kernel deletes the secondaries of an IPv4 network with its primary,
/// unless promote_secondaries is on (__inet_del_ifa).</summary>
/// <param name="conversation">One with the addresses' namespace.</param>
/// <param name="ns">That namespace.</param>
internal sealed class SecondaryAddresses(Conversation conversation, NamespaceReference ns)
{
    private readonly Dictionary<int, IReadOnlyList<InterfaceAddress>> _read = [];
    private readonly Dictionary<string, bool> _promoted = [];

    /// <summary>The addresses that the kernel deletes together with an address.</summary>
    /// <param name="isCurrent">Whether to read them anew, and not as of the first call for the interface.</param>
    /// <returns>They; none for an address that is no primary.</returns>
    public IReadOnlyList<InterfaceAddress> Of(InterfaceAddress address, string interfaceName, bool isCurrent = false)
    {
        if (!IsPrimary(address))
        {
            return [];
        }

        if (isCurrent || !_read.TryGetValue(address.InterfaceIndex, out IReadOnlyList<InterfaceAddress>? all))
        {
            _read[address.InterfaceIndex] = all =
                conversation.Connection.Addresses.List(AddressFamily.IPv4, address.InterfaceIndex);
        }

        InterfaceAddress[] others = [.. Among(all, address)];
        return others.Length == 0 || IsPromoted("all") || IsPromoted(interfaceName) ? [] : others;
    }

    /// <summary>The secondary addresses of a primary one, whether or not the kernel would promote one of them.</summary>
    /// <param name="all">The addresses of its interface.</param>
    /// <returns>They, in order; none for an address that is no primary.</returns>
    public static IEnumerable<InterfaceAddress> Among(IEnumerable<InterfaceAddress> all, InterfaceAddress address) =>
        IsPrimary(address)
            ? all.Where(other => other.Flags.HasFlag(AddressFlags.Secondary) && NetworkOf(other) == NetworkOf(address))
            : [];

    private static bool IsPrimary(InterfaceAddress address) =>
        address.Family == AddressFamily.IPv4 && !address.Flags.HasFlag(AddressFlags.Secondary);

    private static InetPrefix NetworkOf(InterfaceAddress address) =>
        new InetPrefix(address.Peer.IsNone ? address.Local.Address : address.Peer, address.Local.Length).Network;

    private bool IsPromoted(string interfaceName)
    {
        if (!_promoted.TryGetValue(interfaceName, out bool isPromoted))
        {
            isPromoted = NetNamespaceSysctl.Read(ns, $"net/ipv4/conf/{interfaceName}/promote_secondaries") is "1";
            _promoted.Add(interfaceName, isPromoted);
        }

        return isPromoted;
    }
}
