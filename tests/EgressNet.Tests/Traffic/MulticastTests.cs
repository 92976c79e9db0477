using System.Net;
using System.Net.Sockets;

namespace EgressNet.Tests.Traffic;

public sealed class MulticastTests
{
    private const int Port = 5353;

    [Theory]
    [InlineData("239.1.2.3")]
    [InlineData("ff1e::42")]
    public void Multicast_routed_outside_keeps_the_container_s_address(string address)
    {
        IPAddress group = IPAddress.Parse(address);
        using Site site = new();
        Pod pod = site.Attach(5);
        Numbers numbers = NumbersOf(group);
        using MulticastRouter router = new(
            site.Node,
            pod.Address(numbers),
            group,
            site.Node.IndexOf(pod.Attachment.HostInterface),
            site.Node.IndexOf(Site.Uplink));
        using Socket receiver = Join(site.Outside, "out0", group);
        using Socket sender = pod.Namespace.BindUdp(pod.Address(numbers));
        SetHops(sender, 4);

        sender.Ask(new IPEndPoint(group, Port));
        Assert.Equal(sender.LocalEndPoint, receiver.Hear());
        Assert.Equal(numbers.Node, Flow.Out(ProtocolType.Udp, site, pod, numbers));
    }

    [Theory]
    [InlineData("224.0.0.251")]
    [InlineData("ff02::fb")]
    public void Multicast_on_the_link_arrives_with_the_container_s_address(string address)
    {
        IPAddress group = IPAddress.Parse(address);
        using Site site = new();
        Pod pod = site.Attach(5);
        using Socket receiver = Join(site.Node, pod.Attachment.HostInterface, group);
        using Socket sender = pod.Namespace.BindUdp(pod.Address(NumbersOf(group)));
        SetInterface(sender, pod.Namespace.IndexOf("eg0"));

        sender.Ask(new IPEndPoint(group, Port));
        Assert.Equal(sender.LocalEndPoint, receiver.Hear());
    }

    private static Numbers NumbersOf(IPAddress group) =>
        group.AddressFamily == AddressFamily.InterNetwork ? Numbers.IPv4 : Numbers.IPv6;

    private static Socket Join(LiveNamespace ns, string name, IPAddress group)
    {
        bool isIPv4 = group.AddressFamily == AddressFamily.InterNetwork;
        Socket socket = ns.BindUdp(isIPv4 ? IPAddress.Any : IPAddress.IPv6Any, Port);
        int index = ns.IndexOf(name);
        socket.SetSocketOption(
            isIPv4 ? SocketOptionLevel.IP : SocketOptionLevel.IPv6,
            SocketOptionName.AddMembership,
            isIPv4 ? (object)new MulticastOption(group, index) : new IPv6MulticastOption(group, index));
        return socket;
    }

    private static void SetHops(Socket socket, int hops) => socket.SetSocketOption(
        socket.AddressFamily == AddressFamily.InterNetwork ? SocketOptionLevel.IP : SocketOptionLevel.IPv6,
        SocketOptionName.MulticastTimeToLive,
        hops);

    private static void SetInterface(Socket socket, int index)
    {
        if (socket.AddressFamily == AddressFamily.InterNetworkV6)
        {
            socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastInterface, index);
        }
    }
}
