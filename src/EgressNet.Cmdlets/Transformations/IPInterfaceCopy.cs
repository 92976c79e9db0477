using EgressNet.Netlink.Inet;
using EgressNet.Netlink.IPInterfaces;

namespace EgressNet.Transformations;

/// <summary>Makes what an interface does for a family of a copy.</summary>
internal static class IPInterfaceCopy
{
    public static bool Is(PropertyBag copy) => copy.Has(
        nameof(NetIPInterface.NlMtu), nameof(NetIPInterface.AddressFamily), nameof(NetIPInterface.ConnectionState),
        nameof(NetIPInterface.Forwarding));

    public static NetIPInterface Read(PropertyBag copy)
    {
        IPInterface row = new()
        {
            Index = copy.Number<int>(nameof(NetIPInterface.InterfaceIndex)),
            Name = copy.Text(nameof(NetIPInterface.InterfaceAlias)) ?? "",
            Family = copy.Name<AddressFamily>(nameof(NetIPInterface.AddressFamily)),
            Mtu = copy.Number<uint>(nameof(NetIPInterface.NlMtu)),
            IsConnected = copy.Name<ConnectionState>(nameof(NetIPInterface.ConnectionState)) == ConnectionState.Connected,
            Forwarding = StateOf(copy, nameof(NetIPInterface.Forwarding)) == true,
            ProxyArp = StateOf(copy, nameof(NetIPInterface.ProxyArp)),
            RpFilter = Given<ReversePathFilter>(copy, nameof(NetIPInterface.RpFilter)),
            AcceptRa = Given<RouterAdvertisements>(copy, nameof(NetIPInterface.AcceptRa)),
            Dad = Given<DuplicateAddressDetection>(copy, nameof(NetIPInterface.Dad)),
            IsDisabled = !StateOf(copy, nameof(NetIPInterface.IPv6)),
        };
        return new NetIPInterface(row, NamespaceOrigin.OfCopy(copy.Text(nameof(NetIPInterface.NetNamespace))));
    }

    private static bool? StateOf(PropertyBag copy, string name) =>
        Given<SettingState>(copy, name) is { } state ? state == SettingState.Enabled : null;

    private static T? Given<T>(PropertyBag copy, string name)
        where T : struct, Enum =>
        copy.Text(name) is null ? null : copy.Name<T>(name);
}
