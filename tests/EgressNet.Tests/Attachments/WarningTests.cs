using EgressNet.Attachments;

namespace EgressNet.Tests.Attachments;

public sealed class WarningTests
{
    [Fact]
    public void Forwarding_that_would_drop_an_RA_default_route_is_warned_of()
    {
        using Node node = new();
        node.Host.Set("ipv6.conf.all.forwarding=0");
        Assert.Empty(Warnings(node, node.Attachment()));

        node.Host.Ip("link add up0 type bridge");
        node.Host.Ip("link set up0 up");
        node.Host.Ip("-6 route add default via fe80::1 dev up0 proto ra");
        Assert.StartsWith("IPv6 forwarding is off", Assert.Single(Warnings(node, node.Attachment())));
        Assert.Empty(Warnings(node, node.Attachment("c1", "169.254.172.5/22")));

        node.Host.Set("ipv6.conf.all.forwarding=1");
        Assert.Empty(Warnings(node, node.Attachment()));
    }

    private static IEnumerable<string> Warnings(Node node, Attachment attachment) =>
        CreationWarnings.Of(node.Kernel, attachment);
}
