using EgressNet.Attachments;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Nodes;
using EgressNet.Tests.Attachments;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.Nat;

/// <summary>A kernel that does not let tracked connections be listed has none that could be deleted.</summary>
public sealed class WithoutConntrackTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(22)]
    [InlineData(93)]
    [InlineData(95)]
    public void A_removal_tells_it_once_and_is_whole(int errno)
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        List<string> told = [];
        using EgressKernel kernel = With(node, errno);
        Assert.True(new AttachmentRemoval(kernel, told.Add).Remove(attachment));
        Assert.Single(told, text => text.Contains("ctnetlink"));
        Assert.Equal("", node.Records);
    }

    [Fact]
    public void Another_refusal_stays_an_error()
    {
        const int EPERM = 1;
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        using EgressKernel kernel = With(node, EPERM);
        Assert.Throws<AttachmentRemovalException>(() => new AttachmentRemoval(kernel).Remove(attachment));
    }

    private static EgressKernel With(Node node, int errno) => new(
        NamespaceReference.FromName(node.Host.Name),
        openNetfilter: ns => new NetlinkConnection(
            new ConntracklessTransport(FaultyTransport.OpenNetfilter(ns, new Fault()), errno)));
}
