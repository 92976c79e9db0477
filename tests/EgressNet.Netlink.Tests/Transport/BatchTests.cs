using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Tests.Fakes;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;
using Xunit;

namespace EgressNet.Netlink.Tests.Transport;

public sealed class BatchTests
{
    private readonly FakeKernel _kernel = new() { Answer = sent => [Reply.Ack(sent[^1].Sequence)] };

    [Fact]
    public void Up_to_128_requests_share_a_datagram_and_the_last_has_ACK()
    {
        using NetlinkConnection connection = new(_kernel);
        using NetlinkBatch batch = connection.CreateBatch();
        for (int i = 0; i < 300; i++)
        {
            batch.Write(Numbered(i));
        }

        Assert.Empty(batch.Complete());
        Assert.Equal(300, batch.Count);
        Assert.Equal([128, 128, 44], _kernel.Sent.Select(sent => sent.Count));
        Assert.All(_kernel.Sent, sent => Assert.All(sent, (message, i) =>
            Assert.Equal(i == sent.Count - 1, message.Flags.HasFlag(NLM_F.NLM_F_ACK))));
    }

    [Fact]
    public void A_datagram_ends_at_64_KiB_even_before_128_requests()
    {
        using NetlinkConnection connection = new(_kernel);
        using NetlinkBatch batch = connection.CreateBatch();
        RawAttributes large = new(Reply.Attribute(5000, new byte[6000]));
        for (int i = 0; i < 24; i++)
        {
            batch.Write(Numbered(i) with { Unknown = large });
        }

        Assert.Empty(batch.Complete());
        Assert.Equal([11, 11, 2], _kernel.Sent.Select(sent => sent.Count));
    }

    [Fact]
    public void Errors_come_in_input_order_with_their_items()
    {
        _kernel.Answer = sent =>
        [
            Reply.Datagram(Reply.Error(sent[1], 17), Reply.Error(sent[3], 101)),
            Reply.Error(sent[7] with { Sequence = sent[7].Sequence + 1000 }, 1),
            Reply.Ack(sent[^1].Sequence),
        ];
        using NetlinkConnection connection = new(_kernel);
        using NetlinkBatch batch = connection.CreateBatch();
        for (int i = 0; i < 140; i++)
        {
            batch.Write(Numbered(i), i % 2 == 0 ? RouteChange.Add : RouteChange.Replace);
        }

        Assert.Equal(
            [(1, 17), (3, 101), (129, 17), (131, 101)],
            batch.Complete().Select(error => (error.Index, (int)error.Error.Errno)));
        Assert.All(batch.Complete(), error => Assert.Equal("replace route", error.Error.Operation.ToString()));
    }

    [Fact]
    public void An_error_on_the_last_ends_the_datagram_too()
    {
        _kernel.Answer = sent => [Reply.Error(sent[^1], 3)];
        using NetlinkConnection connection = new(_kernel);
        using NetlinkBatch batch = connection.CreateBatch();
        batch.Write(Numbered(0));
        batch.Delete(Numbered(1));

        NetlinkBatchError error = Assert.Single(batch.Complete());
        Assert.Equal((1, "ESRCH", "delete route"), (error.Index, error.Error.ErrnoName, error.Error.Operation.ToString()));
    }

    [Fact]
    public void An_offset_counts_from_the_request_it_belongs_to()
    {
        // Header 16, rtmsg 12, RTA_DST 8: the gateway stands at 44 behind RTA_OIF.
        _kernel.Answer = sent => [Reply.Error(sent[1], 101, Reply.Attribute(2, 44 + 4)), Reply.Ack(sent[^1].Sequence)];
        using NetlinkConnection connection = new(_kernel);
        using NetlinkBatch batch = connection.CreateBatch();
        batch.Write(Numbered(0));
        batch.Write(Numbered(1) with { Gateway = InetAddress.Parse("192.0.2.1") });
        batch.Write(Numbered(2));

        Assert.Equal("RTA_GATEWAY", Assert.Single(batch.Complete()).Error.Attribute);
    }

    [Fact]
    public void An_empty_batch_sends_nothing()
    {
        using NetlinkConnection connection = new(_kernel);
        using NetlinkBatch batch = connection.CreateBatch();

        Assert.Empty(batch.Complete());
        Assert.Empty(_kernel.Sent);
    }

    [Fact]
    public void What_contradicts_itself_is_not_added()
    {
        using NetlinkConnection connection = new(_kernel);
        using NetlinkBatch batch = connection.CreateBatch();
        Route hostBits = new() { Destination = InetPrefix.Parse("10.0.0.1/8") };

        Assert.Throws<ArgumentException>(() => batch.Write(hostBits));
        batch.Write(Numbered(0));
        Assert.Empty(batch.Complete());
        Assert.Single(Assert.Single(_kernel.Sent));
    }

    [Fact]
    public void A_request_between_two_additions_does_not_confuse_the_batch()
    {
        _kernel.Answer = sent => sent.Count == 1 ? [Reply.Ack(sent[0].Sequence)] : [Reply.Error(sent[1], 17)];
        using NetlinkConnection connection = new(_kernel);
        using NetlinkBatch batch = connection.CreateBatch();
        batch.Write(Numbered(0));
        connection.Routes.Write(Numbered(9));
        batch.Write(Numbered(1));

        Assert.Equal(1, Assert.Single(batch.Complete()).Index);
    }

    [Fact]
    public void Echoes_reach_the_reader_with_the_place_of_their_request()
    {
        _kernel.Answer = sent =>
        [
            Reply.Route(sent[0].Sequence, "10.0.0.0/24", 0), Reply.Error(sent[1], 17),
            Reply.Route(sent[2].Sequence, "10.0.2.0/24", 0), Reply.Ack(sent[2].Sequence),
        ];
        List<(int, string)> seen = [];
        using NetlinkConnection connection = new(_kernel);
        using NetlinkBatch batch = connection.CreateRouteBatch((i, route) => seen.Add((i, $"{route.Destination}")));
        for (int i = 0; i < 3; i++)
        {
            batch.Write(Numbered(i));
        }

        Assert.Equal(1, Assert.Single(batch.Complete()).Index);
        Assert.Equal([(0, "10.0.0.0/24"), (2, "10.0.2.0/24")], seen);
        Assert.All(_kernel.Sent[0], message => Assert.True(message.Flags.HasFlag(NLM_F.NLM_F_ECHO)));
    }

    [Fact]
    public void A_batch_without_an_answer_has_unknown_outcome_and_no_retry()
    {
        _kernel.Answer = _ => [];
        using NetlinkConnection connection = new(_kernel);
        using NetlinkBatch batch = connection.CreateBatch();
        batch.Write(Numbered(0));

        NetlinkTransportException error = Assert.Throws<NetlinkTransportException>(() => batch.Complete());
        Assert.Equal(NetlinkTransportError.TimedOut, error.Reason);
        error = Assert.Throws<NetlinkTransportException>(() => batch.Complete());
        Assert.Equal(NetlinkTransportError.Broken, error.Reason);
        Assert.Single(_kernel.Sent);
    }

    private static Route Numbered(int i) => new()
    {
        Destination = InetPrefix.Parse($"10.{i / 256}.{i % 256}.0/24"),
        InterfaceIndex = 2,
    };
}
