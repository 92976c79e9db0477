using EgressNet.Attachments;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Nodes;
using EgressNet.Plans;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.Attachments;

public sealed class NamespaceIdentityTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_running_container_is_untouched_when_its_name_moves_on(bool isRead)
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        NamespaceReference ns = attachment.Namespace!;
        node.Create(attachment);
        node.Settle();
        attachment = isRead ? attachment with { Namespace = ns.WithIdentity(node.Kernel.IdentityOf(ns)) } : attachment;
        node.Kernel.LeaveContainer();
        using NetNamespaceHandle running = ns.Open();
        node.Container.Remake();
        string before = node.State;

        EgressFinding finding = Assert.Single(new AttachmentInspection(node.Kernel).Inspect(attachment));
        Exception refused = Assert.ThrowsAny<Exception>(
            () => new AttachmentRepair(node.Kernel).Repair(new EgressPlan(attachment)));

        Assert.Equal(EgressFindingKind.NetNamespace, finding.Kind);
        Assert.StartsWith("another one", finding.Actual);
        Assert.True(refused is NetNamespaceException { Reason: NetNamespaceError.Changed }
            or AttachmentException { Reason: AttachmentError.NamespaceChanged });
        Assert.Contains($"'{node.Container}'", refused.Message);
        Assert.Equal(before, node.State);
        using NetlinkConnection inside = NetlinkConnection.Open(
            NamespaceReference.FromHandle(running), null, TestContext.Current.CancellationToken);
        Assert.True(inside.Links.Get("eg0").IsUp);
    }

    [Fact]
    public void What_is_read_from_the_kernel_knows_its_namespace()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        Attachment read = Assert.Single(new AttachmentReader(node.Kernel).Read()).Attachment;
        Assert.Equal(node.Kernel.IdentityOf(attachment.Namespace!), read.Namespace?.Identity);
        node.Kernel.LeaveContainer();
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(read));

        // The kernel takes a namespace apart in its own time, and the other end of the pair with it.
        node.Container.Remake();
        Eventually.True(() => node.Kernel.Host.Links.Find(attachment.HostInterface) is null);
        string before = node.State;
        Assert.Equal(
            EgressFindingKind.NetNamespace, Assert.Single(new AttachmentInspection(node.Kernel).Inspect(read)).Kind);
        Assert.Equal(
            NetNamespaceError.Changed,
            Assert.Throws<NetNamespaceException>(
                () => new AttachmentRepair(node.Kernel).Repair(new EgressPlan(read))).Reason);
        Assert.Equal(before, node.State);
    }

    [Fact]
    public void A_kernel_tells_which_namespaces_it_works_in()
    {
        Live.RequireKernel(5, 14, "SO_NETNS_COOKIE");
        using Node node = new();
        NamespaceReference ns = NamespaceReference.FromName(node.Container.Name);

        Assert.StartsWith($"{node.Host.FileNumbers}:", $"{node.Kernel.NodeIdentity}");
        Assert.StartsWith($"{node.Container.FileNumbers}:", $"{node.Kernel.IdentityOf(ns)}");
    }

    [Fact]
    public void What_is_held_stays_the_same_and_goes_by_its_own_name()
    {
        using Node node = new();
        NamespaceReference ns = NamespaceReference.FromName(node.Container.Name);
        NetNamespaceIdentity read = node.Kernel.IdentityOf(ns);
        node.Container.Remake();

        NamespaceReference held = node.Kernel.Hold(ns.WithIdentity(read));

        Assert.Equal((node.Container.Path, node.Container.Name), (held.Path, $"{held}"));
        Assert.Equal(read, node.Kernel.IdentityOf(ns));
        node.Kernel.LeaveContainer();
        Assert.Throws<NetNamespaceException>(() => node.Kernel.Hold(ns.WithIdentity(read)));
        Assert.NotEqual(read, node.Kernel.IdentityOf(ns));
    }

    [Fact]
    public void Without_cookies_device_and_inode_decide()
    {
        using Node node = new();
        NamespaceReference ns = NamespaceReference.FromName(node.Container.Name);
        using EgressKernel old = new(node.Kernel.Node, opened => new NetlinkConnection(new NamelessTransport(FaultyTransport.Open(opened))));
        NetNamespaceIdentity read = old.IdentityOf(ns);

        Assert.Equal(node.Container.FileNumbers, $"{read}");
        Assert.Equal(node.Host.FileNumbers, $"{old.NodeIdentity}");
        node.Container.Remake();
        Assert.Equal(read, old.IdentityOf(ns.WithIdentity(read)));
        using NetNamespaceHandle held = old.Hold(ns).Open();
        old.LeaveContainer();
        Assert.Equal(
            NetNamespaceError.Changed,
            Assert.Throws<NetNamespaceException>(() => old.IdentityOf(ns.WithIdentity(read))).Reason);
    }
}
