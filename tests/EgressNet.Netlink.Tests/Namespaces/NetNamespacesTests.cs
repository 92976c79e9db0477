using EgressNet.Netlink.Namespaces;
using EgressNet.Testing;
using Xunit;

namespace EgressNet.Netlink.Tests.Namespaces;

public sealed class NetNamespacesTests : IDisposable
{
    private readonly string _name = LiveNamespace.NewName();

    public void Dispose()
    {
        if (File.Exists($"/run/netns/{_name}"))
        {
            Tool.Try("ip", "netns", "del", _name);
        }
    }

    [Fact]
    public void What_we_create_ip_can_see_use_and_remove()
    {
        Live.Require();

        NamespaceReference ns = NetNamespaces.Create(_name, TestContext.Current.CancellationToken);

        Assert.Equal(_name, ns.Name);
        Assert.Contains(_name, IpNames());
        Assert.Contains("DOWN", Tool.Run("ip", "-n", _name, "link", "show", "lo"));
        // The kernel's tunnels are in each namespace, down.
        Assert.DoesNotContain("LOWER_UP", Tool.Run("ip", "-n", _name, "link"));
        Tool.Run("ip", "netns", "del", _name);
        Assert.DoesNotContain(ns, NetNamespaces.List());
    }

    [Fact]
    public void What_ip_creates_we_can_see_and_remove()
    {
        using LiveNamespace live = new LiveNamespace();
        Assert.Contains(NamespaceReference.FromName(live.Name), NetNamespaces.List());

        NetNamespaces.Remove(live.Name);

        Assert.DoesNotContain(live.Name, IpNames());
        Assert.False(File.Exists(live.Path));
    }

    [Fact]
    public void A_new_namespace_is_a_new_one()
    {
        Live.Require();
        using NetNamespaceHandle handle = NetNamespaces.Create(_name, TestContext.Current.CancellationToken).Open();

        Assert.NotEqual(NetNamespaceIdentity.OfCallingThread, handle.Identity);
    }

    [Fact]
    public void The_list_is_sorted_by_ordinal()
    {
        using LiveNamespace one = new LiveNamespace();
        using LiveNamespace other = new LiveNamespace();

        string[] names = [.. NetNamespaces.List().Select(ns => ns.Name!)];

        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Contains(one.Name, names);
        Assert.Contains(other.Name, names);
    }

    [Fact]
    public void A_name_in_use_is_not_touched()
    {
        using LiveNamespace live = new LiveNamespace();
        using NetNamespaceHandle before = NamespaceReference.FromName(live.Name).Open();

        NetNamespaceException fault =
            Assert.Throws<NetNamespaceException>(() => NetNamespaces.Create(live.Name, TestContext.Current.CancellationToken));

        using NetNamespaceHandle after = NamespaceReference.FromName(live.Name).Open();
        Assert.Equal(NetNamespaceError.AlreadyExists, fault.Reason);
        Assert.Equal(before.Identity, after.Identity);
    }

    [Fact]
    public void Of_many_who_want_one_name_one_gets_it()
    {
        Live.Require();

        int[] results = new int[8];
        Parallel.For(0, results.Length, i =>
        {
            if (i % 2 == 0)
            {
                results[i] = Tool.Try("ip", "netns", "add", _name).IsSuccess ? 1 : 0;
                return;
            }

            try
            {
                NetNamespaces.Create(_name, TestContext.Current.CancellationToken);
                results[i] = 1;
            }
            catch (NetNamespaceException fault) when (fault.Reason == NetNamespaceError.AlreadyExists)
            {
            }
        });

        Assert.Equal(1, results.Sum());
        NamespaceReference.FromName(_name).Open().Dispose();
    }

    [Fact]
    public void A_link_that_leads_nowhere_is_listed_and_removed()
    {
        Live.Require();
        NamespaceReference ns = NamespaceReference.FromName(_name);
        File.CreateSymbolicLink(ns.Path, $"{ns.Path}-gone");

        Assert.Contains(ns, NetNamespaces.List());
        Assert.True(NetNamespaces.Exists(_name));
        NetNamespaces.Remove(_name);
        Assert.False(NetNamespaces.Exists(_name));
        Assert.Equal(
            NetNamespaceError.NotFound,
            Assert.Throws<NetNamespaceException>(() => NetNamespaces.Remove(_name)).Reason);
    }

    [Fact]
    public void Creation_does_not_wait_for_a_lock_on_the_directory()
    {
        Live.Require();
        NetNamespaces.Create(_name, TestContext.Current.CancellationToken);
        NetNamespaces.Remove(_name);
        NetNamespaceDirectory.Locked(
            "/run/netns",
            () =>
            {
                NetNamespaces.Create(_name, new CancellationToken(canceled: true));
                return 0;
            },
            TimeSpan.FromSeconds(5),
            CancellationToken.None);
    }

    [Fact]
    public void A_lock_is_tried_until_a_deadline_or_a_cancellation()
    {
        string directory = Directory.CreateTempSubdirectory().FullName;
        Errno Try(TimeSpan longest, CancellationToken cancellation) =>
            NetNamespaceDirectory.Locked(directory, () => (Errno)7, longest, cancellation);
        NetNamespaceDirectory.Locked(
            directory,
            () =>
            {
                NetNamespaceException busy = Assert.Throws<NetNamespaceException>(
                    () => Try(TimeSpan.FromMilliseconds(50), CancellationToken.None));
                Assert.Equal((NetNamespaceError.Busy, directory), (busy.Reason, busy.Path));
                Assert.Contains(directory, busy.Message, StringComparison.Ordinal);
                using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(50));
                Assert.ThrowsAny<OperationCanceledException>(() => Try(TimeSpan.FromMinutes(5), stop.Token));
                return 0;
            },
            TimeSpan.Zero,
            CancellationToken.None);
        Assert.Equal((Errno)7, Try(TimeSpan.Zero, CancellationToken.None));
        Directory.Delete(directory);
    }

    [Fact]
    public void A_name_left_behind_is_listed_refused_and_removed()
    {
        Live.Require();
        File.Create($"/run/netns/{_name}").Dispose();
        NamespaceReference ns = NamespaceReference.FromName(_name);

        Assert.Contains(ns, NetNamespaces.List());
        Assert.Equal(NetNamespaceError.NotANamespace, Assert.Throws<NetNamespaceException>(ns.Open).Reason);
        NetNamespaces.Remove(_name);
        Assert.False(File.Exists(ns.Path));
    }

    [Fact]
    public void What_is_not_there_cannot_be_removed()
    {
        NetNamespaceException fault = Assert.Throws<NetNamespaceException>(() => NetNamespaces.Remove(_name));

        Assert.Equal(NetNamespaceError.NotFound, fault.Reason);
    }

    private static string[] IpNames() =>
        [.. Tool.Run("ip", "netns", "list").Split('\n').Select(line => line.Split(' ')[0])];
}
