using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Testing;
using Xunit;

namespace EgressNet.Netlink.Tests.Namespaces;

[Collection(nameof(WholeProcess))]
public sealed class NetNamespaceIdentityReaderTests
{
    [Fact]
    public void Each_is_what_a_connection_into_it_says()
    {
        using LiveNamespace first = new LiveNamespace();
        using LiveNamespace second = new LiveNamespace();
        using NetNamespaceHandle ours = NamespaceReference.Current.Open();
        using NetNamespaceHandle one = NamespaceReference.FromName(first.Name).Open();
        using NetNamespaceHandle two = NamespaceReference.FromName(second.Name).Open();
        using NetNamespaceIdentityReader reader = new();

        foreach (NetNamespaceHandle ns in (NetNamespaceHandle[])[one, two, ours, one])
        {
            using NetlinkConnection inside = NetlinkConnection.Open(
                NamespaceReference.FromHandle(ns), cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(ns.Identity with { Cookie = inside.NamespaceCookie }, reader.IdentityOf(ns));
        }

        Assert.Equal(ours.Identity, NetNamespaceIdentity.OfCallingThread);
    }

    [Fact]
    public void Once_disposed_it_reads_no_more()
    {
        using LiveNamespace live = new LiveNamespace();
        using NetNamespaceHandle ns = NamespaceReference.FromName(live.Name).Open();
        NetNamespaceIdentityReader reader = new();
        reader.IdentityOf(ns);

        reader.Dispose();
        reader.Dispose();

        Assert.Throws<ObjectDisposedException>(() => reader.IdentityOf(ns));
    }

    [Fact]
    public void After_a_refusal_it_goes_on()
    {
        using LiveNamespace live = new LiveNamespace();
        using NetNamespaceHandle ns = NamespaceReference.FromName(live.Name).Open();
        using NetNamespaceHandle closed = NamespaceReference.FromName(live.Name).Open();
        closed.Dispose();
        using NetNamespaceIdentityReader reader = new();

        Assert.Throws<ObjectDisposedException>(() => reader.IdentityOf(closed));
        Assert.Equal(ns.Identity.Inode, reader.IdentityOf(ns).Inode);
    }

    [Fact]
    public void Threads_may_share_it()
    {
        using LiveNamespace live = new LiveNamespace();
        using NetNamespaceHandle ns = NamespaceReference.FromName(live.Name).Open();
        using NetNamespaceIdentityReader reader = new();
        NetNamespaceIdentity identity = reader.IdentityOf(ns);

        Parallel.For(0, 200, _ => Assert.Equal(identity, reader.IdentityOf(ns)));
    }

    [Fact]
    public void Once_disposed_no_thread_stays_behind()
    {
        using LiveNamespace live = new LiveNamespace();
        using NetNamespaceHandle ns = NamespaceReference.FromName(live.Name).Open();
        using (NetNamespaceIdentityReader reader = new())
        {
            reader.IdentityOf(ns);
        }

        string theirs = $"net:[{ns.Identity.Inode}]";
        Eventually.True(() => !Directory.EnumerateDirectories("/proc/self/task")
            .Any(task => new FileInfo($"{task}/ns/net").LinkTarget == theirs));
    }
}
