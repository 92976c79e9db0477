using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Testing;
using Xunit;

namespace EgressNet.Netlink.Tests.Namespaces;

[Collection(nameof(WholeProcess))]
public sealed class NetlinkConnectorTests
{
    [Fact]
    public void Each_connection_is_in_the_namespace_asked_for()
    {
        using var first = new LiveNamespace();
        using var second = new LiveNamespace();
        first.Ip("link add first0 type veth peer name first1");
        second.Ip("link add second0 type veth peer name second1");
        using NetNamespaceHandle one = NetNamespace.FromName(first.Name).Open();
        using NetNamespaceHandle two = NetNamespace.FromName(second.Name).Open();
        using NetNamespaceHandle ours = NetNamespace.Current.Open();
        using NetlinkConnector connector = new();

        for (int i = 0; i < 3; i++)
        {
            using NetlinkConnection inOne = Open(connector, one);
            using NetlinkConnection inTwo = Open(connector, two);
            using NetlinkConnection inOurs = Open(connector, ours);
            Assert.NotNull(inOne.Links.Find("first0"));
            Assert.NotNull(inTwo.Links.Find("second0"));
            Assert.Null(inOurs.Links.Find("first0") ?? inOurs.Links.Find("second0"));
            Assert.Equal(ours.Identity, NetNamespaceIdentity.OfCallingThread);
        }
    }

    [Fact]
    public void A_connection_outlives_its_connector()
    {
        using var live = new LiveNamespace();
        using NetNamespaceHandle ns = NetNamespace.FromName(live.Name).Open();
        NetlinkConnector connector = new();
        using NetlinkConnection inside = Open(connector, ns);

        connector.Dispose();
        connector.Dispose();

        Assert.Equal("lo", Assert.Single(inside.Links.List()).Name);
        Assert.Throws<ObjectDisposedException>(() => Open(connector, ns));
    }

    [Fact]
    public void After_a_refusal_it_goes_on()
    {
        using var live = new LiveNamespace();
        using NetNamespaceHandle ns = NetNamespace.FromName(live.Name).Open();
        using NetNamespaceHandle closed = NetNamespace.FromName(live.Name).Open();
        closed.Dispose();
        using NetlinkConnector connector = new();

        Assert.Throws<ObjectDisposedException>(() => Open(connector, closed));

        using NetlinkConnection inside = Open(connector, ns);
        Assert.NotNull(inside.Links.Find("lo"));
    }

    [Fact]
    public void Several_are_opened_in_the_order_asked_for()
    {
        using var first = new LiveNamespace();
        using var second = new LiveNamespace();
        first.Ip("link add first0 type veth peer name first1");
        second.Ip("link add second0 type veth peer name second1");
        using NetNamespaceHandle one = NetNamespace.FromName(first.Name).Open();
        using NetNamespaceHandle two = NetNamespace.FromName(second.Name).Open();
        using NetNamespaceHandle ours = NetNamespace.Current.Open();
        using NetlinkConnector connector = new();

        IReadOnlyList<NetlinkConnection> all =
            connector.Open([two, ours, one, two], cancellationToken: TestContext.Current.CancellationToken);

        string?[] found =
        [
            .. all.Select(each => (each.Links.Find("first0") ?? each.Links.Find("second0"))?.Name),
        ];
        Assert.Equal(["second0", null, "first0", "second0"], found);
        Assert.All(all, each => each.Dispose());
    }

    [Fact]
    public void When_one_of_several_is_refused_none_stays_open()
    {
        using var live = new LiveNamespace();
        using NetNamespaceHandle ns = NetNamespace.FromName(live.Name).Open();
        using NetNamespaceHandle closed = NetNamespace.FromName(live.Name).Open();
        closed.Dispose();
        using NetlinkConnector connector = new();
        int before = OpenSockets();

        Assert.Throws<ObjectDisposedException>(() =>
            connector.Open([ns, closed], cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(before, OpenSockets());
    }

    [Fact]
    public void Threads_may_share_it()
    {
        using var live = new LiveNamespace();
        using NetNamespaceHandle ns = NetNamespace.FromName(live.Name).Open();
        using NetlinkConnector connector = new();

        Parallel.For(0, 200, _ =>
        {
            using NetlinkConnection inside = Open(connector, ns);
            Assert.Single(inside.Links.List());
        });
    }

    [Fact]
    public void Once_disposed_no_thread_stays_behind()
    {
        using var live = new LiveNamespace();
        using NetNamespaceHandle ns = NetNamespace.FromName(live.Name).Open();
        using (NetlinkConnector connector = new())
        {
            Open(connector, ns).Dispose();
        }

        string theirs = $"net:[{ns.Identity.Inode}]";
        Eventually.True(() => !Directory.EnumerateDirectories("/proc/self/task")
            .Any(task => new FileInfo($"{task}/ns/net").LinkTarget == theirs));
    }

    private static int OpenSockets() => Directory.EnumerateFileSystemEntries("/proc/self/fd")
        .Count(file => new FileInfo(file).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) ?? false);

    private static NetlinkConnection Open(NetlinkConnector connector, NetNamespaceHandle ns) =>
        connector.Open(ns, cancellationToken: TestContext.Current.CancellationToken);
}
