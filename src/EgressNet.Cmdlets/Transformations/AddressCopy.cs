using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;

namespace EgressNet.Transformations;

/// <summary>Converts a deserialized copy to an interface's address.</summary>
internal static class AddressCopy
{
    public static bool Is(PropertyBag copy) => copy.Has(
        nameof(NetIPAddress.IPAddress), nameof(NetIPAddress.PrefixLength), nameof(NetIPAddress.AddressState),
        nameof(NetIPAddress.ValidLifetime), nameof(NetIPAddress.Flags));

    public static NetIPAddress Read(PropertyBag copy)
    {
        InterfaceAddress address = new()
        {
            Local = new InetPrefix(
                InetAddress.Parse(copy.Text(nameof(NetIPAddress.IPAddress)) ?? ""),
                copy.Number<byte>(nameof(NetIPAddress.PrefixLength))),
            InterfaceIndex = copy.Number<int>(nameof(NetIPAddress.InterfaceIndex)),
            Peer = copy.Address(nameof(NetIPAddress.Peer)),
            Broadcast = copy.Address(nameof(NetIPAddress.Broadcast)),
            Scope = copy.Name<RouteScope>(nameof(NetIPAddress.Scope)),
            Flags = copy.Name<AddressFlags>(nameof(NetIPAddress.Flags)),
            Label = copy.Text(nameof(NetIPAddress.Label)),
            ValidSeconds = LifetimeOf(copy, nameof(NetIPAddress.ValidLifetime)),
            PreferredSeconds = LifetimeOf(copy, nameof(NetIPAddress.PreferredLifetime)),
            RouteMetric = copy.Number<uint>(nameof(NetIPAddress.RouteMetric)),
            Protocol = copy.Number<byte>(nameof(NetIPAddress.Protocol)),
        };
        return new NetIPAddress(
            address,
            copy.Text(nameof(NetIPAddress.InterfaceAlias)) ?? "",
            NamespaceOrigin.OfCopy(copy.Text(nameof(NetIPAddress.NetNamespace))),
            copy.Text(nameof(NetIPAddress.Gateway)));
    }

    private static uint LifetimeOf(PropertyBag copy, string name) => AddressLifetime.Parse(copy.Text(name) ?? "");
}
