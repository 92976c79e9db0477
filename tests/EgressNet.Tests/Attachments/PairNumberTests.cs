using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Veths;

namespace EgressNet.Tests.Attachments;

public sealed class PairNumberTests
{
    [Fact]
    public void A_number_that_is_taken_in_either_namespace_is_drawn_again()
    {
        using Node node = new();
        node.Host.Ip("link add index 4001 name b0 type bridge");
        node.Container.Ip("link add index 4011 name b0 type bridge");
        Queue<int> numbers = new([4001, 4010, 4020]);
        VethRequest request = new()
        {
            Namespace = NamespaceReference.FromName(node.Container.Name),
            Name = "eg0",
            HostName = "veth0",
        };
        using NetNamespaceHandle ns = request.Namespace.Open();
        AddVeth added = new(() => node.Kernel.Host, ns, request, drawIndex: numbers.Dequeue);
        added.Apply();

        Assert.Empty(numbers);
        Assert.Equal((4020, 4021), (added.Made.Index, added.Made.PeerIndex));
    }
}
