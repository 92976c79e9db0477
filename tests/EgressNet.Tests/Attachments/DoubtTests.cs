using EgressNet.Attachments;
using EgressNet.Plans;

namespace EgressNet.Tests.Attachments;

public sealed class DoubtTests
{
    [Fact]
    public void A_node_that_would_lose_its_default_route_by_forwarding_is_told_of_it()
    {
        using Node node = new();
        node.Host.Exec("sysctl", "-qw", "net.ipv6.conf.all.forwarding=0");
        Assert.Empty(Doubts(node, node.Attachment()));

        node.Host.Ip("link add up0 type bridge");
        node.Host.Ip("link set up0 up");
        node.Host.Ip("-6 route add default via fe80::1 dev up0 proto ra");
        Assert.StartsWith("IPv6 forwarding is off", Assert.Single(Doubts(node, node.Attachment())));
        Assert.Empty(Doubts(node, node.Attachment("c1", "169.254.172.5/22")));

        node.Host.Exec("sysctl", "-qw", "net.ipv6.conf.all.forwarding=1");
        Assert.Empty(Doubts(node, node.Attachment()));
    }

    private static IEnumerable<string> Doubts(Node node, Attachment attachment) =>
        new AttachmentCreation(node.Kernel).Doubts(new EgressPlan(attachment));
}
