using System.Diagnostics;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Tests.Fakes;
using EgressNet.Netlink.Transport;
using EgressNet.Testing;
using Xunit;

namespace EgressNet.Netlink.Tests.Transport;

public sealed class WaitTests
{
    [Fact]
    public void A_connection_whose_wait_ran_out_is_not_used_again()
    {
        FakeKernel kernel = new();
        using NetlinkConnection connection = new(kernel);

        Assert.Equal(NetlinkTransportError.TimedOut, Failure(() => connection.Links.Get(1)).Reason);
        NetlinkTransportException again = Failure(() => connection.Links.Get(1));
        Assert.Equal(NetlinkTransportError.Broken, again.Reason);
        Assert.Equal(NetlinkTransportError.TimedOut, Assert.IsType<NetlinkTransportException>(again.InnerException).Reason);
        Assert.Single(kernel.Sent);
    }

    [Fact]
    public void A_connection_cancelled_in_mid_wait_is_not_used_again()
    {
        using CancellationTokenSource stop = new();
        FakeKernel kernel = new();
        kernel.Answer = _ =>
        {
            stop.Cancel();
            return [];
        };
        using NetlinkConnection connection = new(kernel, null, stop.Token);

        Assert.ThrowsAny<OperationCanceledException>(() => connection.Links.Delete(1));
        Assert.Equal(NetlinkTransportError.Broken, Failure(() => connection.Links.Delete(1)).Reason);
    }

    [Fact]
    public void A_cancelled_connection_sends_nothing()
    {
        FakeKernel kernel = new();
        using NetlinkConnection connection = new(kernel, null, new CancellationToken(canceled: true));

        Assert.ThrowsAny<OperationCanceledException>(() => connection.Links.Delete(1));
        Assert.Empty(kernel.Sent);
    }

    [Fact]
    public void A_disposed_connection_says_so_and_closes_its_transport_once()
    {
        FakeKernel kernel = new();
        NetlinkConnection connection = new(kernel);
        connection.Dispose();
        connection.Dispose();

        Assert.True(kernel.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => connection.Links.Get(1));
    }

    [Fact]
    public void Replies_to_others_without_end_do_not_put_the_deadline_off()
    {
        Chatter chatter = new();
        using NetlinkConnection connection = new(chatter, new NetlinkOptions { Timeout = TimeSpan.FromMilliseconds(100) });

        Assert.Equal(NetlinkTransportError.TimedOut, Failure(() => connection.Links.Delete(1)).Reason);
        Assert.True(chatter.Received > 1);
    }

    [Fact]
    public void Time_in_which_the_kernel_takes_a_request_is_not_silence()
    {
        StrictKernel kernel = new(sent =>
        {
            Thread.Sleep(Timeout * 3);
            return sent.Select(each => Reply.Ack(each.Sequence));
        });
        using NetlinkConnection connection = new(kernel, new NetlinkOptions { Timeout = Timeout });
        connection.Links.Delete(1);
        using NetlinkBatch batch = connection.CreateBatch();
        batch.Delete(new Route { Destination = InetPrefix.Parse("10.0.0.0/8") });
        Assert.Empty(batch.Complete());
    }

    [Fact]
    public void A_late_reader_takes_queued_replies_before_it_times_out()
    {
        StrictKernel kernel = new(sent =>
        [
            .. sent.Select(each => Reply.Route(each.Sequence, "10.0.0.0/8", 0)), .. sent.Select(each => Reply.Ack(each.Sequence)),
        ]);
        using NetlinkConnection connection = new(kernel, new NetlinkOptions { Timeout = Timeout });
        using NetlinkBatch batch = connection.CreateRouteBatch((_, _) => Thread.Sleep(Timeout * 1.5));
        batch.Write(new Route { Destination = InetPrefix.Parse("10.0.0.0/8"), InterfaceIndex = 1 });
        Assert.Empty(batch.Complete());
    }

    [Fact]
    public void Answers_that_trickle_in_are_no_silence()
    {
        int told = 0;
        StrictKernel kernel = new(sent =>
        [
            .. sent.Select(each => Reply.Route(each.Sequence, "10.0.0.0/8", 0)), .. sent.Select(each => Reply.Ack(each.Sequence)),
        ])
        { Delay = Timeout / 2 };
        using NetlinkConnection connection = new(kernel, new NetlinkOptions { Timeout = Timeout });
        using NetlinkBatch batch = connection.CreateRouteBatch((_, _) => told++);
        for (int i = 0; i < 8; i++)
        {
            batch.Write(new Route { Destination = InetPrefix.Parse($"10.{i}.0.0/16"), InterfaceIndex = 1 });
        }

        Assert.Empty(batch.Complete());
        Assert.Equal(8, told);
    }

    [Fact]
    public void An_error_of_lateness_tells_the_whole_wait()
    {
        using NetlinkConnection connection = new(new FakeKernel(), new NetlinkOptions { Timeout = TimeSpan.FromSeconds(7) });
        Assert.Equal("No reply to this request within 7 s.", Failure(() => connection.Links.Get(1)).Message);
    }

    [Fact]
    public void A_request_without_an_answer_times_out_at_its_deadline()
    {
        using NetlinkSocket socket = OpenHere();
        Stopwatch watch = Stopwatch.StartNew();

        NetlinkTransportException error = Failure(() =>
            socket.Receive(new byte[16], TimeSpan.FromMilliseconds(120), CancellationToken.None));
        Assert.Equal(NetlinkTransportError.TimedOut, error.Reason);
        Assert.InRange(watch.ElapsedMilliseconds, 100, 5000);
    }

    [Fact]
    public void A_socket_waiting_for_long_is_woken_by_cancellation()
    {
        using NetlinkSocket socket = OpenHere();
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(50));
        Stopwatch watch = Stopwatch.StartNew();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            socket.Receive(new byte[16], TimeSpan.FromMinutes(5), stop.Token));
        Assert.InRange(watch.ElapsedMilliseconds, 0, 30_000);
    }

    private static TimeSpan Timeout => TimeSpan.FromMilliseconds(200);

    private static NetlinkSocket OpenHere() => NetlinkSocket.Open(0, NetlinkOptions.Default);

    private static NetlinkTransportException Failure(Action act) => Assert.Throws<NetlinkTransportException>(act);

    /// <summary>Always has one reply more, and never ours.</summary>
    private sealed class Chatter : INetlinkTransport
    {
        public int Received { get; private set; }

        public void Send(ReadOnlySpan<byte> datagram)
        {
        }

        public int Receive(Span<byte> buffer, TimeSpan timeout, CancellationToken cancellationToken)
        {
            Assert.True(Received++ < 100_000_000);
            if (timeout <= TimeSpan.Zero)
            {
                throw new NetlinkTransportException(NetlinkTransportError.TimedOut, "Out of time.");
            }

            byte[] other = Reply.Ack(uint.MaxValue);
            other.CopyTo(buffer);
            return other.Length;
        }

        public void Dispose()
        {
        }
    }

    /// <summary>Answers after a delay, and what it has not ready within the wait is not waited for.</summary>
    private sealed class StrictKernel(Func<List<SentMessage>, IEnumerable<byte[]>> answer) : INetlinkTransport
    {
        private readonly Queue<byte[]> _replies = [];

        public TimeSpan Delay { get; init; }

        public void Send(ReadOnlySpan<byte> datagram)
        {
            foreach (byte[] reply in answer(SentMessage.Of(datagram)))
            {
                _replies.Enqueue(reply);
            }
        }

        public int Receive(Span<byte> buffer, TimeSpan timeout, CancellationToken cancellationToken)
        {
            if (Delay > timeout)
            {
                throw new NetlinkTransportException(NetlinkTransportError.TimedOut, "Out of time.");
            }

            Thread.Sleep(Delay);
            byte[] reply = _replies.Dequeue();
            reply.CopyTo(buffer);
            return reply.Length;
        }

        public void Dispose()
        {
        }
    }
}
