using System.Diagnostics;
using System.Net.Sockets;

namespace EgressNet.Tests.Traffic;

public sealed class GatewayTests
{
    // The kernel repeats an unanswered question for a neighbor after a second.
    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(900);

    [Fact]
    public void The_first_datagram_to_the_gateway_is_answered_as_soon_as_the_attachment_is_made()
    {
        using Site site = new();
        Pod pod = site.Attach(5);

        Assert.All(Numbers.Both, numbers =>
        {
            using Socket server = site.Node.BindUdp(numbers.Gateway);
            using Socket client = pod.Namespace.BindUdp(pod.Address(numbers));
            Assert.Equal(pod.Address(numbers), client.Exchange(server).Address);
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ends_of_the_same_index_are_up_when_an_attachment_of_one_family_is_made(bool isIPv4)
    {
        Numbers numbers = isIPv4 ? Numbers.IPv4 : Numbers.IPv6;
        using Site site = new();
        Pod pod = site.Plan(5).OnlyWith(numbers);

        // The kernel takes such a pair for one device, and is in no hurry to open the way to one that is up.
        pod.Namespace.Ip("link add br0 type bridge");
        site.Attach(pod);
        Assert.Equal(site.Node.IndexOf(pod.Attachment.HostInterface), pod.Namespace.IndexOf("eg0"));
        using Socket server = pod.Namespace.BindUdp(pod.Address(numbers));
        using Socket client = site.Node.BindUdp(numbers.Gateway);
        Stopwatch watch = Stopwatch.StartNew();
        client.Exchange(server);
        Assert.True(watch.Elapsed < s_retry, $"{watch.Elapsed}");
    }

    [Fact]
    public void The_gateway_reaches_a_new_container_first()
    {
        using Site site = new();
        Pod pod = site.Attach(5);

        Assert.All(Numbers.Both, numbers =>
        {
            using Socket server = pod.Namespace.BindUdp(pod.Address(numbers));
            using Socket client = site.Node.BindUdp(numbers.Gateway);
            Assert.Equal(numbers.Gateway, client.Exchange(server).Address);
        });
    }

    [Fact]
    public void New_containers_without_translation_reach_each_other_with_the_first_datagram()
    {
        using Site site = new();
        Pod pod = site.Attach(5, nat: _ => null), sibling = site.Attach(6, nat: _ => null);

        Assert.All(Numbers.Both, numbers =>
        {
            using Socket server = sibling.Namespace.BindUdp(sibling.Address(numbers));
            using Socket client = pod.Namespace.BindUdp(pod.Address(numbers));
            Stopwatch watch = Stopwatch.StartNew();
            Assert.Equal(pod.Address(numbers), client.Exchange(server).Address);
            Assert.True(watch.Elapsed < s_retry, $"{numbers} took {watch.Elapsed}");
        });
    }

    [Fact]
    public void No_address_of_a_new_attachment_is_tentative()
    {
        using Site site = new();
        Pod pod = site.Attach(5);
        string host = site.Node.Ip($"-6 address show dev {pod.Attachment.HostInterface} tentative");
        string container = pod.Namespace.Ip("-6 address show dev eg0 tentative");

        Assert.Empty(host);
        Assert.Empty(container);
    }
}
