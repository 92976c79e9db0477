using System.Net;
using System.Net.Sockets;
using EgressNet.Netlink.Inet;

namespace EgressNet.Tests.Traffic;

/// <summary>The addresses of one family on a <see cref="Site"/>.</summary>
/// <param name="Node">The node's address towards the outside, which masquerading chooses.</param>
/// <param name="OtherNode">Another address of the node, which only naming it chooses.</param>
/// <param name="Outside">The outside's address, on the node's link.</param>
/// <param name="FarOutside">Another address of the outside, which the node routes to the first one.</param>
/// <param name="Gateway">The gateway of all containers.</param>
/// <param name="LinkLength">The prefix length on the link between node and outside.</param>
/// <param name="PodLength">The prefix length of container addresses.</param>
internal sealed record Numbers(
    IPAddress Node,
    IPAddress OtherNode,
    IPAddress Outside,
    IPAddress FarOutside,
    IPAddress Gateway,
    int LinkLength,
    int PodLength)
{
    public static Numbers IPv4 { get; } = new(
        IPAddress.Parse("192.0.2.1"),
        IPAddress.Parse("192.0.2.10"),
        IPAddress.Parse("192.0.2.2"),
        IPAddress.Parse("198.51.100.2"),
        IPAddress.Parse("169.254.172.1"),
        24,
        22);

    public static Numbers IPv6 { get; } = new(
        IPAddress.Parse("2001:db8:1::1"),
        IPAddress.Parse("2001:db8:1::10"),
        IPAddress.Parse("2001:db8:1::2"),
        IPAddress.Parse("2001:db8:2::2"),
        IPAddress.Parse("fd00::ac:1"),
        64,
        118);

    public static IReadOnlyList<Numbers> Both { get; } = [IPv4, IPv6];

    public bool IsIPv4 => Node.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork;

    /// <summary>The flag of <c>ip</c> for the family.</summary>
    public string IpFlag => IsIPv4 ? "-4" : "-6";

    /// <summary>The prefix length of one address.</summary>
    public int HostLength => IsIPv4 ? 32 : 128;

    /// <summary>The address of a container.</summary>
    public IPAddress Pod(int number)
    {
        byte[] bytes = Gateway.GetAddressBytes();
        bytes[^1] = checked((byte)number);
        return new IPAddress(bytes);
    }

    /// <summary>What a test says of the family when it fails.</summary>
    public override string ToString() => IsIPv4 ? "IPv4" : "IPv6";
}

internal static class NumbersExtensions
{
    public static InetAddress ToInet(this IPAddress address) => InetAddress.FromBytes(address.GetAddressBytes());

    public static InetPrefix ToPrefix(this IPAddress address, int length) => new(address.ToInet(), (byte)length);
}
