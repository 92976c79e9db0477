using System.Runtime.CompilerServices;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Tests.Fakes;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;
using Xunit;

namespace EgressNet.Netlink.Tests.Transport;

public sealed class SequenceTests
{
    [Fact]
    public void Replies_to_others_are_skipped_even_within_the_same_datagram()
    {
        FakeKernel kernel = FakeKernel.Scripted(sent =>
        [
            Reply.Error(sent with { Sequence = sent.Sequence + 77 }, 1),
            Reply.Datagram(Reply.Link(sent.Sequence - 1, 3, "stale"), Reply.Link(sent.Sequence, 7, "right")),
        ]);
        using NetlinkConnection connection = new(kernel);

        Assert.Equal("right", connection.Links.Get(7).Name);
    }

    [Fact]
    public void Sequence_numbers_run_on_by_one_and_skip_0_at_the_wrap()
    {
        Assert.Equal([uint.MaxValue - 1, uint.MaxValue, 1u, 2u], SequencesFrom(uint.MaxValue - 2).Take(4));
    }

    [Fact]
    public void A_batch_over_the_wrap_still_tells_its_items_apart()
    {
        FakeKernel kernel = new() { Answer = sent => [Reply.Error(sent[2], 17), Reply.Error(sent[3], 22)] };
        using NetlinkConnection connection = new(kernel);
        SetSequence(connection, uint.MaxValue - 2);
        using NetlinkBatch batch = connection.CreateBatch();
        for (int i = 0; i < 4; i++)
        {
            AddDeletion(connection, batch, i + 1);
        }

        Assert.Equal([(2, 17), (3, 22)], batch.Complete().Select(error => (error.Index, (int)error.Error.Errno)));
        Assert.Equal([uint.MaxValue - 1, uint.MaxValue, 1u, 2u], kernel.Sent[0].Select(sent => sent.Sequence));
    }

    [Fact]
    public void A_noop_is_skipped()
    {
        FakeKernel kernel = FakeKernel.Scripted(sent =>
            [Reply.Datagram(Reply.Message((ushort)NLMSG.NLMSG_NOOP, sent.Sequence, []), Reply.Link(sent.Sequence, 7, "a"))]);
        using NetlinkConnection connection = new(kernel);

        Assert.Equal("a", connection.Links.Get(7).Name);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    public void An_overrun_means_that_replies_were_lost(uint sequenceOfNotice)
    {
        FakeKernel kernel = new()
        {
            Answer = sent => [Reply.Message((ushort)NLMSG.NLMSG_OVERRUN, sequenceOfNotice * sent[0].Sequence, [])],
        };

        foreach (Action<NetlinkConnection> use in new Action<NetlinkConnection>[]
        {
            connection => connection.Links.Get(7),
            connection => connection.Links.List(),
            connection => connection.Links.Delete(7),
            connection =>
            {
                using NetlinkBatch batch = connection.CreateBatch();
                AddDeletion(connection, batch, 7);
                batch.Complete();
            },
        })
        {
            using NetlinkConnection connection = new(kernel);
            NetlinkTransportException error = Assert.Throws<NetlinkTransportException>(() => use(connection));
            Assert.Equal(NetlinkTransportError.RepliesLost, error.Reason);
            error = Assert.Throws<NetlinkTransportException>(() => use(connection));
            Assert.Equal(NetlinkTransportError.Broken, error.Reason);
        }
    }

    [Fact]
    public void Every_request_has_the_REQUEST_flag_and_every_change_has_ACK()
    {
        FakeKernel kernel = new() { Answer = sent => [Reply.Ack(sent[0].Sequence)] };
        using NetlinkConnection connection = new(kernel);
        connection.Links.Delete(7);
        connection.Links.Set(7, new LinkChange { Up = true });
        connection.Links.Create(new NewLink { Name = "a", Kind = new LinkKind("dummy") });

        Assert.All(kernel.Sent, sent =>
        {
            Assert.True(sent[0].Flags.HasFlag(NLM_F.NLM_F_REQUEST | NLM_F.NLM_F_ACK));
            Assert.True(sent[0].Type >= 16);
        });
        Assert.True(kernel.Sent[2][0].Flags.HasFlag(NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL));
    }

    internal static void AddDeletion(NetlinkConnection connection, NetlinkBatch batch, int index)
    {
        NetlinkWriter request = batch.Begin(RTM.RTM_DELLINK, 0);
        ifinfomsg header = new() { ifi_index = index };
        request.Header(in header);
        batch.Add(ref request, new("delete", NetlinkObject.Link));
        Assert.Equal(SentMessage.Of(request.Written)[0].Sequence, connection.LastSequence);
    }

    private static IEnumerable<uint> SequencesFrom(uint last)
    {
        FakeKernel kernel = new() { Answer = sent => [Reply.Ack(sent[0].Sequence)] };
        using NetlinkConnection connection = new(kernel);
        SetSequence(connection, last);
        for (int i = 0; i < 4; i++)
        {
            connection.Links.Delete(7);
        }

        return kernel.Sent.Select(sent => sent[0].Sequence).ToArray();
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_sequence")]
    private static extern ref uint Sequence(NetlinkConnection connection);

    private static void SetSequence(NetlinkConnection connection, uint value) => Sequence(connection) = value;
}
