using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using Xunit;

namespace EgressNet.Netlink.Tests.Kernel;

public sealed class TransportTests
{
    [Fact]
    public void A_thousand_refusals_all_come_back()
    {
        using Rig rig = Rig.WithVeth(out int index);
        using NetlinkBatch batch = rig.Connection.CreateBatch();
        for (int i = 0; i < 1000; i++)
        {
            batch.Write(Numbered(i, 4242));
        }

        batch.Write(Numbered(0, index));
        IReadOnlyList<NetlinkBatchError> errors = batch.Complete();
        Assert.Equal(Enumerable.Range(0, 1000), errors.Select(error => error.Index));
        Assert.All(errors, error => Assert.Equal("ENODEV", error.Error.ErrnoName));
        Assert.Single(rig.Connection.Routes.List(), route => route.Destination == Rig.Prefix("10.0.0.0/24"));
    }

    [Fact]
    public void Truncated_replies_are_an_error_although_the_change_was_made()
    {
        using Rig rig = Rig.WithVeth(out int index);
        using NetlinkConnection narrow = rig.Open(new NetlinkOptions { SocketBufferBytes = 4096 });
        using NetlinkBatch batch = narrow.CreateBatch();
        for (int i = 0; i < 127; i++)
        {
            batch.Write(Numbered(i % 2 == 0 ? i : 0, i % 2 == 0 ? index : 4242));
        }

        NetlinkTransportException error = Assert.Throws<NetlinkTransportException>(() => batch.Complete());
        Assert.Equal(NetlinkTransportError.RepliesLost, error.Reason);
        error = Assert.Throws<NetlinkTransportException>(() => narrow.Links.List());
        Assert.Equal(NetlinkTransportError.Broken, error.Reason);
        Assert.Equal(64, rig.Connection.Routes.List().Count(route => Rig.Prefix("10.0.0.0/8").Contains(route.Destination.Address)));
    }

    [Theory]
    [InlineData(32 * 1024)]
    [InlineData(1 << 20)]
    public void Large_dumps_are_whole_whatever_the_buffer(int receiveBuffer)
    {
        using Rig rig = Rig.WithVeth(out int index);
        Fill(rig, index, 3000);
        using NetlinkConnection connection = rig.Open(new NetlinkOptions { ReceiveBufferBytes = receiveBuffer });

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(3000, connection.Routes.List(new RouteFilter { Table = 300 }).Distinct().Count());
            Assert.NotEmpty(connection.Links.List());
        }
    }

    [Fact]
    public void A_dump_left_early_harms_no_later_request()
    {
        using Rig rig = Rig.WithVeth(out int index);
        Fill(rig, index, 3000);
        for (int i = 0; i < 3; i++)
        {
            Assert.NotNull(rig.Connection.Routes.List(new RouteFilter { Table = 300 }).First());
            Assert.Equal("v0", rig.Connection.Links.Get(index).Name);
            rig.Connection.Routes.Write(Numbered(5000 + i, index));
            Assert.Equal(3, rig.Connection.Links.List().Count(link => link.Name is "lo" or "v0" or "v1"));
        }
    }

    [Fact]
    public void A_cancelled_stream_breaks_only_its_own_connection()
    {
        using Rig rig = Rig.WithVeth(out int index);
        Fill(rig, index, 3000);
        using CancellationTokenSource stop = new();
        using NetlinkConnection connection = NetlinkConnection.Open(NamespaceReference.FromHandle(rig.Handle), null, stop.Token);
        using IEnumerator<Route> routes = connection.Routes.List().GetEnumerator();
        Assert.True(routes.MoveNext());
        stop.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            while (routes.MoveNext())
            {
            }
        });
        Assert.ThrowsAny<Exception>(() => connection.Links.Get(1));
        Assert.NotEmpty(rig.Connection.Links.List());
    }

    [Fact]
    public void The_kernel_says_which_attribute_and_why()
    {
        using Rig rig = Rig.WithVeth(out int index);
        NetlinkException error = Assert.Throws<NetlinkException>(() => rig.Connection.Routes.Write(
            Numbered(0, index) with { Metrics = new RouteMetrics { CongestionControl = "nosuch", [RouteMetric.Mtu] = 1400 } }));

        Assert.Equal(("add route", "EINVAL"), (error.Operation.ToString(), error.ErrnoName));
        Assert.False(string.IsNullOrEmpty(error.KernelMessage));
        Assert.StartsWith("RTA_METRICS", error.Attribute ?? "RTA_METRICS", StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_kind_is_named_in_the_error()
    {
        using Rig rig = new();
        NetlinkException error = Assert.Throws<NetlinkException>(() => rig.Connection.Links.Create(new NewLink { Name = "x", Kind = new LinkKind("nosuchkind") }));

        Assert.Equal("EOPNOTSUPP", error.ErrnoName);
        Assert.Contains("Unknown device type", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Port_ids_are_the_kernels_choice_and_never_collide()
    {
        NetlinkSocket[] sockets = [.. Enumerable.Range(0, 20).Select(_ => NetlinkSocket.Open(0, NetlinkOptions.Default))];

        Assert.Equal(20, sockets.Select(socket => socket.PortId).Distinct().Count());
        Assert.DoesNotContain(sockets, socket => socket.PortId == 0);
        Array.ForEach(sockets, socket => socket.Dispose());
    }

    [Fact]
    public void Another_process_cannot_put_replies_into_our_socket()
    {
        EgressNet.Testing.Live.Require();
        using NetlinkSocket ours = NetlinkSocket.Open(0, NetlinkOptions.Default);
        using NetlinkSocketHandle theirs = Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, 0);
        sockaddr_nl self = new() { nl_family = Libc.AF_NETLINK };
        sockaddr_nl target = new() { nl_family = Libc.AF_NETLINK, nl_pid = ours.PortId };
        Assert.Equal(0, Libc.bind(theirs, in self, Unsafe.SizeOf<sockaddr_nl>()));
        Assert.Equal(0, Libc.connect(theirs, in target, Unsafe.SizeOf<sockaddr_nl>()));

        byte[] forged = Fakes.Reply.Ack(1);
        Assert.Equal(-1, Libc.send(theirs, forged, forged.Length, 0));
        Assert.Equal((int)Errno.ECONNREFUSED, Marshal.GetLastPInvokeError());
        NetlinkTransportException error = Assert.Throws<NetlinkTransportException>(() =>
            ours.Receive(new byte[64], TimeSpan.Zero, TestContext.Current.CancellationToken));
        Assert.Equal(NetlinkTransportError.TimedOut, error.Reason);
    }

    [Fact]
    public void Without_the_right_to_change_lists_still_work()
    {
        if (EgressNet.Testing.Live.HasCapability(12))
        {
            Assert.Skip("This process has CAP_NET_ADMIN and is refused nothing: run as an ordinary user.");
        }

        using NetlinkConnection connection = NetlinkConnection.Open(NamespaceReference.Current, null, TestContext.Current.CancellationToken);
        Assert.NotEmpty(connection.Links.List());
        Assert.Equal(
            "EPERM",
            Assert.Throws<NetlinkException>(() => connection.Links.Set(1, new LinkChange { Mtu = 65536 })).ErrnoName);
    }

    [Fact]
    public void A_datagram_over_the_send_queue_is_refused_whole()
    {
        using NetlinkSocket socket = NetlinkSocket.Open(0, NetlinkOptions.Default);

        Assert.Equal("EMSGSIZE", Assert.Throws<NetlinkException>(() => socket.Send(new byte[8 << 20])).ErrnoName);
    }

    [Fact]
    public void A_route_record_of_100000_takes_at_most_200_bytes()
    {
        using Rig rig = Rig.WithVeth(out int index);
        Fill(rig, index, 100_000);
        Route[] routes = new Route[100_000];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        int count = 0;
        foreach (Route route in rig.Connection.Routes.List(new RouteFilter { Table = 300 }))
        {
            routes[count++] = route;
        }

        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / routes.Length;
        Assert.Equal(100_000, count);
        Assert.InRange(each, 1, 200);
        GC.KeepAlive(routes);
    }

    private static void Fill(Rig rig, int index, int count)
    {
        using NetlinkBatch batch = rig.Connection.CreateBatch();
        for (int i = 0; i < count; i++)
        {
            batch.Write(Numbered(i, index) with { Table = 300 });
        }

        Assert.Empty(batch.Complete());
    }

    private static Route Numbered(int i, int index) => new()
    {
        Destination = Rig.Prefix($"{10 + i / 65536}.{i / 256 % 256}.{i % 256}.0/24"),
        InterfaceIndex = index,
        Scope = RouteScope.Link,
    };
}
