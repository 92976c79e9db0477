using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Testing;
using Xunit;

namespace EgressNet.Netlink.Tests.Namespaces;

public sealed class IdentityTests
{
    [Fact]
    public void A_connection_tells_which_namespace_it_is_in()
    {
        using LiveNamespace live = new LiveNamespace();
        using NetlinkConnection own = Connect(NamespaceReference.Current);
        using NetlinkConnection routing = Connect(NamespaceReference.FromName(live.Name));
        using NetlinkConnection netfilter = ConnectNetfilter(NamespaceReference.FromName(live.Name));

        Assert.Equal(live.FileNumbers, $"{routing.NamespaceIdentity!.Value with { Cookie = null }}");
        Assert.Equal(routing.NamespaceIdentity, netfilter.NamespaceIdentity);
        Assert.Equal(Live.HasNamespaceCookies, own.NamespaceCookie is not null);
        Assert.Equal(Live.HasNamespaceCookies, own.NamespaceCookie != routing.NamespaceCookie);
    }

    [Fact]
    public void A_reader_tells_which_namespace_an_open_one_is()
    {
        using LiveNamespace live = new LiveNamespace();
        using NetNamespaceHandle handle = NamespaceReference.FromName(live.Name).Open();
        using NetNamespaceIdentityReader identities = new();
        using NetlinkConnection connection = Connect(NamespaceReference.FromName(live.Name));

        Assert.Equal(connection.NamespaceIdentity, identities.IdentityOf(handle));
    }

    [Fact]
    public void A_kernel_without_cookies_has_none_to_tell()
    {
        using NetlinkSocketHandle socket = Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, 0);

        Assert.Equal(Live.HasNamespaceCookies, NetNamespaceCookie.Of(socket) is not null);
        Assert.Null(NetNamespaceCookie.Of(socket, option: 9999));
    }

    [Theory]
    [InlineData(1, 2, null, true)]
    [InlineData(1, 2, 3, true)]
    [InlineData(1, 2, 4, false)]
    [InlineData(1, 5, 3, false)]
    [InlineData(5, 2, 3, false)]
    [InlineData(1, 5, null, false)]
    public void Identities_agree_as_far_as_both_tell(int device, int inode, int? cookie, bool agree)
    {
        NetNamespaceIdentity read = new(1, 2, 3);
        NetNamespaceIdentity other = new((ulong)device, (ulong)inode, (ulong?)cookie);

        Assert.Equal(agree, read.Agrees(other));
        Assert.Equal(agree, other.Agrees(read));
    }

    [Fact]
    public void What_was_read_is_opened_again()
    {
        using LiveNamespace live = new LiveNamespace();
        NamespaceReference read = Read(live);

        using NetNamespaceHandle handle = read.Open();
        using NetlinkConnection connection = Connect(read);

        Assert.Equal(live.FileNumbers, $"{handle.Identity}");
        Assert.Equal(read.Identity, connection.NamespaceIdentity);
        Assert.NotNull(NetNamespaceSysctl.Read(read, "net/ipv4/ip_forward"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_made_anew_under_the_name_is_another(bool sameInode)
    {
        using LiveNamespace live = new LiveNamespace();
        NamespaceReference read = Read(live);
        if (sameInode)
        {
            live.RemakeWithSameInode();
        }
        else
        {
            using NetNamespaceHandle old = NamespaceReference.FromName(live.Name).Open();
            live.Remake();
            RefusesAll(read);
        }

        RefusesAll(read);
        using NetNamespaceHandle present = NamespaceReference.FromName(live.Name).Open();
        Assert.NotNull(NetNamespaceSysctl.Read(NamespaceReference.FromName(live.Name), "net/ipv4/ip_forward"));
    }

    [Fact]
    public void Without_a_cookie_the_inode_decides()
    {
        using LiveNamespace live = new LiveNamespace();
        NamespaceReference read = Read(live);
        NamespaceReference old = read.WithIdentity(read.Identity!.Value with { Cookie = null });
        using (NetNamespaceHandle held = old.Open())
        {
            live.Remake();
            Assert.Equal(NetNamespaceError.Changed, Assert.Throws<NetNamespaceException>(old.Open).Reason);
            RefusesAll(old);
        }

        using NetlinkConnection present = Connect(NamespaceReference.FromName(live.Name));
        NetNamespaceIdentity now = present.NamespaceIdentity!.Value with { Cookie = null };
        using NetlinkConnection again = Connect(NamespaceReference.FromName(live.Name).WithIdentity(now));
        Assert.Equal(present.NamespaceIdentity, again.NamespaceIdentity);
    }

    [Fact]
    public void An_open_namespace_is_meant_whatever_becomes_of_its_name()
    {
        using LiveNamespace live = new LiveNamespace();
        using NetNamespaceHandle handle = NamespaceReference.FromName(live.Name).Open();
        NamespaceReference held = NamespaceReference.FromHandle(handle);
        live.Remake();

        using (NetNamespaceHandle again = held.Open())
        {
            Assert.Equal((handle.Identity, live.Path), (again.Identity, again.Path));
        }

        using NetlinkConnection connection = Connect(held);
        Assert.True(handle.Identity.Agrees(connection.NamespaceIdentity!.Value));
        Assert.Equal((live.Path, live.Name), (held.Path, $"{held}"));
        handle.Dispose();
        Assert.Throws<ObjectDisposedException>(held.Open);
    }

    private static NetlinkConnection Connect(NamespaceReference ns) =>
        NetlinkConnection.Open(ns, null, TestContext.Current.CancellationToken);

    private static NetlinkConnection ConnectNetfilter(NamespaceReference ns) =>
        NetlinkConnection.OpenNetfilter(ns, null, TestContext.Current.CancellationToken);

    private static NamespaceReference Read(LiveNamespace live)
    {
        NamespaceReference ns = NamespaceReference.FromName(live.Name);
        using NetlinkConnection connection = Connect(ns);
        return ns.WithIdentity(connection.NamespaceIdentity);
    }

    private static void RefusesAll(NamespaceReference read)
    {
        foreach (Action use in (Action[])[
            () => read.Open().Dispose(),
            () => Connect(read).Dispose(),
            () => ConnectNetfilter(read).Dispose(),
            () => NetNamespaceSysctl.Read(read, "net/ipv4/ip_forward"),
            () => NetNamespaceSysctl.Write(read, "net/ipv4/ip_forward", "1"),
        ])
        {
            NetNamespaceException fault = Assert.Throws<NetNamespaceException>(use);
            Assert.Equal(NetNamespaceError.Changed, fault.Reason);
            Assert.Contains($"'{read}'", fault.Message);
            Assert.DoesNotContain("/proc/self", fault.Message);
        }
    }
}
