using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;

namespace EgressNet.Bench.Live;

/// <summary>One container to be: its namespace is there, its veth, address and three routes are not.</summary>
internal sealed record ContainerPlan(NamespaceReference Namespace, string HostName, InetPrefix Address)
{
    public const uint Table = Netlink.Routes.RouteTable.Main;
    public const string Name = "v4if0";

    public static InetAddress Gateway { get; } = InetAddress.Parse("169.254.0.1");

    public static ContainerPlan Create(int number) => new(
        NetNamespaces.Create($"bench{number}"),
        $"veth{number}",
        InetPrefix.Parse($"169.254.{number / 250}.{2 + number % 250}/22"));

    public InterfaceAddress AddressOn(int index) => new()
    {
        Local = Address,
        InterfaceIndex = index,
        Flags = AddressFlags.NoPrefixRoute,
    };

    public string[] IpCommands() =>
    [
        $"link set {Name} up",
        $"address add {Address} dev {Name} noprefixroute",
        $"route add {Gateway}/32 dev {Name} src {Address.Address}",
        $"route add {Address.Network} via {Gateway} dev {Name} src {Address.Address}",
        $"route add default via {Gateway} dev {Name}",
    ];
}
