using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Tests.Fakes;
using EgressNet.Netlink.Tests.Kernel;
using EgressNet.Netlink.Transport;
using Xunit;

namespace EgressNet.Netlink.Tests.Transport;

public sealed class AllocationTests
{
    private static readonly Route s_plain = new()
    {
        Destination = InetPrefix.Parse("10.0.0.0/8"),
        InterfaceIndex = 1,
        Scope = RouteScope.Link,
    };

    private static readonly Route s_full = s_plain with
    {
        InterfaceIndex = 0,
        Table = 300,
        Metric = 5,
        Metrics = new RouteMetrics { [RouteMetric.Mtu] = 1400, CongestionControl = "reno" },
        NextHops =
        [
            new NextHop { InterfaceIndex = 1 },
            new NextHop { InterfaceIndex = 1, Weight = 2 },
        ],
    };

    [Fact]
    public void A_route_is_written_and_deleted_without_an_allocation()
    {
        using NetlinkConnection connection = new(new Acknowledger());

        Assert.Equal(0, AllocatedBy(() => WriteAndDelete(connection, s_plain)));
    }

    [Fact]
    public void Multipath_routes_are_written_and_deleted_without_allocating()
    {
        using NetlinkConnection connection = new(new Acknowledger());

        Assert.Equal(0, AllocatedBy(() => WriteAndDelete(connection, s_full)));
    }

    [Fact]
    public void A_link_is_changed_without_an_allocation()
    {
        using NetlinkConnection connection = new(new Acknowledger());
        LinkChange change = new() { Up = true, Mtu = 1500, Name = "a", Alias = "b" };

        Assert.Equal(0, AllocatedBy(() => connection.Links.Set(7, change)));
    }

    [Fact]
    public void A_full_batch_allocates_nothing_for_each_of_its_requests()
    {
        using NetlinkConnection connection = new(new Acknowledger());
        using NetlinkBatch batch = connection.CreateBatch();

        Assert.Equal(0, AllocatedBy(() =>
        {
            for (int i = 0; i < 128; i++)
            {
                batch.Write(s_plain);
            }
        }));
    }

    [Fact]
    public void The_live_kernel_is_asked_and_answers_without_an_allocation()
    {
        using Rig rig = new();
        rig.Ns.Ip("link set lo up");

        Assert.Equal(0, AllocatedBy(() => WriteAndDelete(rig.Connection, s_plain)));
    }

    private static void WriteAndDelete(NetlinkConnection connection, Route route)
    {
        connection.Routes.Write(route);
        connection.Routes.Delete(route);
    }

    // The least of several goes: the runtime may compile or patch a method again in any one of them.
    private static long AllocatedBy(Action act)
    {
        long least = long.MaxValue;
        for (int i = 0; i < 200; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            act();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    /// <summary>Says yes to everything, out of one array.</summary>
    private sealed class Acknowledger : INetlinkTransport
    {
        private readonly byte[] _reply = Reply.Ack(0);

        public void Send(ReadOnlySpan<byte> datagram)
        {
            ReadOnlySpan<byte> rest = datagram;
            while (!rest.IsEmpty)
            {
                rest.Slice(8, 4).CopyTo(_reply.AsSpan(8));
                rest = rest[BitConverter.ToInt32(rest)..];
            }
        }

        public int Receive(Span<byte> buffer, TimeSpan timeout, CancellationToken cancellationToken)
        {
            _reply.CopyTo(buffer);
            return _reply.Length;
        }

        public void Dispose()
        {
        }
    }
}
