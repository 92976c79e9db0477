using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Tests.Fakes;
using EgressNet.Netlink.Transport;
using Xunit;

namespace EgressNet.Netlink.Tests.Transport;

public sealed class DumpTests
{
    [Fact]
    public void A_dump_of_many_datagrams_ends_with_DONE()
    {
        FakeKernel kernel = FakeKernel.Scripted(sent =>
        [
            Reply.Datagram(Reply.Link(sent.Sequence, 1, "lo"), Reply.Link(sent.Sequence, 2, "a")),
            Reply.Link(sent.Sequence + 9, 5, "other"),
            Reply.Datagram(Reply.Link(sent.Sequence, 3, "b"), Reply.Done(sent.Sequence)),
        ]);
        using NetlinkConnection connection = new(kernel);

        Assert.Equal(["lo", "a", "b"], connection.Links.List().Select(link => link.Name));
        Assert.False(kernel.Sent[0][0].Flags.HasFlag(NLM_F.NLM_F_ACK));
    }

    [Fact]
    public void An_error_in_DONE_is_thrown_with_its_text()
    {
        FakeKernel kernel = FakeKernel.Scripted(sent =>
            [Reply.Done(sent.Sequence, 22, 0, Reply.Text(1, "Invalid header for dump request"))]);
        using NetlinkConnection connection = new(kernel);

        NetlinkException error = Assert.Throws<NetlinkException>(() => connection.Links.List());
        Assert.Equal((22, "EINVAL", "Invalid header for dump request"), ((int)error.Errno, error.ErrnoName, error.KernelMessage));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void An_interruption_flagged_on_any_one_part_is_read_again(int flagged)
    {
        NLM_F On(int part) => part == flagged ? NLM_F.NLM_F_DUMP_INTR : 0;
        FakeKernel kernel = FakeKernel.Scripted(
            sent =>
            [
                Reply.Datagram(Reply.Link(sent.Sequence, 1, "x", On(0)), Reply.Link(sent.Sequence, 2, "y", On(1))),
                Reply.Done(sent.Sequence, 0, On(2)),
            ],
            sent => [Reply.Datagram(Reply.Link(sent.Sequence, 1, "lo"), Reply.Done(sent.Sequence))]);
        using NetlinkConnection connection = new(kernel);

        Assert.Equal("lo", Assert.Single(connection.Links.List()).Name);
        Assert.NotEqual(kernel.Sent[0][0].Sequence, kernel.Sent[1][0].Sequence);
    }

    [Fact]
    public void A_truncated_datagram_grows_the_buffer_and_restarts_the_dump()
    {
        FakeKernel kernel = FakeKernel.Scripted(
            sent => [Reply.Datagram(Reply.Link(sent.Sequence, 1, "cut"), Padding(sent, 80_000)), Reply.Done(sent.Sequence)],
            sent => [Reply.Datagram(Reply.Link(sent.Sequence, 1, "lo"), Padding(sent, 80_000)), Reply.Done(sent.Sequence)]);
        using NetlinkConnection connection = new(kernel);

        Assert.Equal("lo", Assert.Single(connection.Links.List()).Name);
        Assert.Equal(2, kernel.Sent.Count);
        Assert.Equal(0, kernel.Waiting);
    }

    [Fact]
    public void A_truncated_datagram_with_DONE_does_not_block_the_restart()
    {
        FakeKernel kernel = FakeKernel.Scripted(
            sent => [Reply.Datagram(Padding(sent, 80_000), Reply.Done(sent.Sequence))],
            sent => [Reply.Datagram(Padding(sent, 80_000), Reply.Link(sent.Sequence, 1, "lo"), Reply.Done(sent.Sequence))]);
        using NetlinkConnection connection = new(kernel);

        Assert.Equal("lo", Assert.Single(connection.Links.List()).Name);
    }

    [Fact]
    public void An_interruption_before_truncation_does_not_fail_the_restart()
    {
        FakeKernel kernel = FakeKernel.Scripted(
            sent =>
            [
                Reply.Link(sent.Sequence, 1, "x", NLM_F.NLM_F_DUMP_INTR), Padding(sent, 80_000),
                Reply.Done(sent.Sequence),
            ],
            sent => [Reply.Datagram(Reply.Link(sent.Sequence, 1, "lo"), Reply.Done(sent.Sequence))]);
        using NetlinkConnection connection = new(kernel, new NetlinkOptions { DumpTimeout = TimeSpan.Zero });

        Assert.Equal("lo", Assert.Single(connection.Links.List()).Name);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    public void The_receive_buffer_is_never_below_32_KiB_and_never_shrinks(int asked)
    {
        FakeKernel kernel = new() { Answer = sent => [Reply.Link(sent[0].Sequence, 1, "lo")] };
        using NetlinkConnection connection = new(kernel, new NetlinkOptions { ReceiveBufferBytes = asked });
        connection.Links.Get(1);
        connection.Links.Get(1);

        Assert.True(kernel.SmallestBuffer >= Math.Max(asked, 32 * 1024), $"It was {kernel.SmallestBuffer}.");
    }

    [Fact]
    public void A_stream_left_early_is_drained_before_the_next_dump()
    {
        FakeKernel kernel = FakeKernel.Scripted(
            sent =>
            [
                Reply.Route(sent.Sequence, "10.0.0.0/8"), Reply.Route(sent.Sequence, "11.0.0.0/8"),
                Reply.Done(sent.Sequence),
            ],
            sent => [Reply.Datagram(Reply.Route(sent.Sequence, "12.0.0.0/8"), Reply.Done(sent.Sequence))]);
        using NetlinkConnection connection = new(kernel);
        Assert.Equal("10.0.0.0/8", connection.Routes.List().First().Destination.ToString());
        Assert.Equal(2, kernel.Waiting);
        int waitingAtSecondSend = -1;
        Func<List<SentMessage>, IEnumerable<byte[]>> answer = kernel.Answer;
        kernel.Answer = sent =>
        {
            waitingAtSecondSend = kernel.Waiting;
            return answer(sent);
        };

        Assert.Equal("12.0.0.0/8", Assert.Single(connection.Routes.List()).Destination.ToString());
        Assert.Equal(0, waitingAtSecondSend);
    }

    [Fact]
    public void Other_requests_may_follow_an_unfinished_dump()
    {
        FakeKernel kernel = FakeKernel.Scripted(
            sent => [Reply.Route(sent.Sequence, "10.0.0.0/8"), Reply.Route(sent.Sequence, "11.0.0.0/8")],
            sent => [Reply.Ack(sent.Sequence), Reply.Done(sent.Sequence - 1)],
            sent => [Reply.Datagram(Reply.Link(sent.Sequence, 1, "lo"), Reply.Done(sent.Sequence))]);
        using NetlinkConnection connection = new(kernel);
        Assert.NotNull(connection.Routes.List().First());

        connection.Links.Delete(7);
        Assert.Equal("lo", Assert.Single(connection.Links.List()).Name);
    }

    [Fact]
    public void While_a_stream_is_read_its_connection_takes_nothing_else()
    {
        FakeKernel kernel = FakeKernel.Scripted(sent => [Reply.Route(sent.Sequence, "10.0.0.0/8")]);
        using NetlinkConnection connection = new(kernel);
        using IEnumerator<Route> routes = connection.Routes.List().GetEnumerator();
        Assert.True(routes.MoveNext());

        Assert.Throws<InvalidOperationException>(() => connection.Links.Delete(7));
        Assert.Single(kernel.Sent);
    }

    [Fact]
    public void A_second_dump_on_the_socket_is_EBUSY_with_its_name()
    {
        FakeKernel kernel = FakeKernel.Scripted(sent => [Reply.Error(sent, 16)]);
        using NetlinkConnection connection = new(kernel);

        NetlinkException error = Assert.Throws<NetlinkException>(() => connection.Links.List());
        Assert.Equal((16, "EBUSY", "list links"), ((int)error.Errno, error.ErrnoName, error.Operation.ToString()));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(19)]
    public void An_absent_table_or_interface_is_empty_and_blocks_no_dump(int errno)
    {
        FakeKernel kernel = FakeKernel.Scripted(
            sent => [Reply.Done(sent.Sequence, errno)],
            sent => [Reply.Datagram(Reply.Route(sent.Sequence, "12.0.0.0/8"), Reply.Done(sent.Sequence))]);
        using NetlinkConnection connection = new(kernel);

        Assert.Empty(connection.Routes.List(new RouteFilter { Table = 9 }));
        Assert.Single(connection.Routes.List());
    }

    [Fact]
    public void A_family_that_the_kernel_lacks_is_filtered_here()
    {
        FakeKernel kernel = FakeKernel.Scripted(
            sent => [Reply.Route(sent.Sequence, "10.0.0.0/8"), Reply.Route(sent.Sequence, "fd00::/8"), Reply.Done(sent.Sequence)],
            sent => [Address(sent.Sequence, 2, [10, 0, 0, 1]), Reply.Done(sent.Sequence)]);
        using NetlinkConnection connection = new(kernel);

        Assert.Equal(
            "fd00::/8",
            Assert.Single(connection.Routes.List(new RouteFilter { Family = Inet.AddressFamily.IPv6 })).Destination.ToString());
        Assert.Empty(connection.Addresses.List(Inet.AddressFamily.IPv6));
    }

    [Fact]
    public void Routes_of_families_other_than_the_two_are_left_out()
    {
        rtmsg multicast = new() { rtm_family = 128, rtm_table = 254 };
        FakeKernel kernel = FakeKernel.Scripted(sent =>
        [
            Reply.Message((ushort)RTM.RTM_NEWROUTE, sent.Sequence, Reply.Bytes(multicast)),
            Reply.Route(sent.Sequence, "10.0.0.0/8"), Reply.Done(sent.Sequence),
        ]);
        using NetlinkConnection connection = new(kernel);

        Assert.Equal("10.0.0.0/8", Assert.Single(connection.Routes.List()).Destination.ToString());
    }

    [Fact]
    public void Replies_are_filtered_here_where_the_kernel_filters_nothing()
    {
        FakeKernel kernel = FakeKernel.Scripted(
            sent => [Reply.Route(sent.Sequence, "10.0.0.0/8"), Reply.Done(sent.Sequence)],
            sent => [Reply.Link(sent.Sequence, 1, "lo"), Reply.Done(sent.Sequence)]);
        using NetlinkConnection connection = new(kernel);

        Assert.Empty(connection.Routes.List(new RouteFilter { Table = 300 }));
        Assert.Empty(connection.Links.List("veth"));
    }

    [Fact]
    public void The_first_route_is_handed_out_before_the_last_is_received()
    {
        FakeKernel kernel = FakeKernel.Scripted(sent =>
            [.. Enumerable.Range(0, 100).Select(i => Reply.Route(sent.Sequence, $"10.0.{i}.0/24")), Reply.Done(sent.Sequence)]);
        using NetlinkConnection connection = new(kernel);
        using IEnumerator<Route> routes = connection.Routes.List().GetEnumerator();

        Assert.True(routes.MoveNext());
        Assert.Equal(1, kernel.Received);
        int count = 1;
        while (routes.MoveNext())
        {
            count++;
        }

        Assert.Equal((100, 101), (count, kernel.Received));
    }

    private static byte[] Padding(SentMessage sent, int length) =>
        Reply.Message((ushort)NLMSG.NLMSG_NOOP, sent.Sequence, new byte[length]);

    private static byte[] Address(uint sequence, byte family, byte[] bytes)
    {
        ifaddrmsg header = new() { ifa_family = family, ifa_prefixlen = 24, ifa_index = 2 };
        return Reply.Message(
            (ushort)RTM.RTM_NEWADDR, sequence, [.. Reply.Bytes(header), .. Reply.Attribute((int)IFA.IFA_LOCAL, bytes)]);
    }
}
