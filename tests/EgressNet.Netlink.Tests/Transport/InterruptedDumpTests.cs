using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Tests.Fakes;
using EgressNet.Netlink.Transport;
using Xunit;

namespace EgressNet.Netlink.Tests.Transport;

public sealed class InterruptedDumpTests
{
    [Theory]
    [InlineData("1 2 3|1 2 3|1 2 3", "1 2 3")]
    [InlineData("1 2 3 4|1 3 4|1 2 4|1 2 4", "1 2 4")]
    [InlineData("1 2 3|1 2 3|1 3", "1 2 3")]
    [InlineData("1 2 3|1 3|1 2 3|1 3", "1 2 3")]
    [InlineData("1|1 2|1 2 3", "1 2 3")]
    [InlineData("1 2 3|2 3|4 5", "2 3 4 5")]
    [InlineData("3 4 5|1 3 4 5|1 2 5", "1 3 4 2 5")]
    [InlineData("1 1 2|1 2|1 2 2", "1 2")]
    [InlineData("||", "")]
    public void Readings_that_changed_are_put_together_once_no_gap_shows(string readings, string expected)
    {
        string[] each = readings.Split('|');
        FakeKernel kernel = new();
        kernel.Answer = sent =>
        [
            .. each[kernel.Sent.Count - 1].Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(index => Reply.Link(sent[0].Sequence, int.Parse(index, null), $"e{index}")),
            Reply.Done(sent[0].Sequence, 0, NLM_F.NLM_F_DUMP_INTR),
        ];
        using NetlinkConnection connection = new(kernel);

        Assert.Equal(expected, string.Join(' ', connection.Links.List().Select(link => link.Index)));
        Assert.Equal(each.Length, kernel.Sent.Count);
    }

    [Fact]
    public void A_reading_without_change_is_the_answer()
    {
        FakeKernel kernel = FakeKernel.Scripted(
            sent => [Reply.Link(sent.Sequence, 7, "x"), Reply.Done(sent.Sequence, 0, NLM_F.NLM_F_DUMP_INTR)],
            sent => [Reply.Link(sent.Sequence, 1, "lo"), Reply.Done(sent.Sequence)]);
        using NetlinkConnection connection = new(kernel);
        Assert.Equal("lo", Assert.Single(connection.Links.List()).Name);
    }

    [Fact]
    public void Gaps_without_end_are_an_error_with_what_was_read()
    {
        FakeKernel kernel = new();
        kernel.Answer = sent =>
        [
            Reply.Link(sent[0].Sequence, 1 + (kernel.Sent.Count % 2), "x"),
            Reply.Done(sent[0].Sequence, 0, NLM_F.NLM_F_DUMP_INTR),
        ];
        using NetlinkConnection connection = new(kernel, new NetlinkOptions { DumpTimeout = TimeSpan.FromMilliseconds(200) });

        NetlinkDumpInterruptedException<Link> error = Assert.Throws<NetlinkDumpInterruptedException<Link>>(() => connection.Links.List());
        Assert.Equal(NetlinkTransportError.DumpInterrupted, error.Reason);
        Assert.Equal(2, error.Partial.Count);
        Assert.InRange(kernel.Sent.Count, 3, 20);
        Assert.Contains($"{kernel.Sent.Count} attempts", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_decides_on_a_whole_takes_no_readings_put_together()
    {
        FakeKernel kernel = new()
        {
            Answer = sent => [Reply.Done(sent[0].Sequence, 0, NLM_F.NLM_F_DUMP_INTR)],
        };
        using NetlinkConnection connection = new(kernel, new NetlinkOptions { DumpTimeout = TimeSpan.FromMilliseconds(200) });
        Assert.Throws<NetlinkDumpInterruptedException<NfChain>>(() => connection.NfTables.ListChains());
        Assert.True(kernel.Sent.Count > 3, $"{kernel.Sent.Count} attempts.");
    }

    [Fact]
    public void Names_are_what_one_reading_gives()
    {
        FakeKernel kernel = FakeKernel.Scripted(sent =>
        [
            Reply.Link(sent.Sequence, 1, "lo"), Reply.Link(sent.Sequence, 1, "lo"),
            Reply.Done(sent.Sequence, 0, NLM_F.NLM_F_DUMP_INTR),
        ]);
        using NetlinkConnection connection = new(kernel);
        Assert.Equal((1, "lo"), connection.Links.ListNames().Select(each => (each.Key, each.Value)).Single());
    }

    [Fact]
    public void A_pause_ends_with_a_cancellation()
    {
        using CancellationTokenSource stop = new();
        FakeKernel kernel = new();
        kernel.Answer = sent =>
        {
            if (kernel.Sent.Count == 2)
            {
                stop.Cancel();
            }

            return [Reply.Done(sent[0].Sequence, 0, NLM_F.NLM_F_DUMP_INTR)];
        };
        using NetlinkConnection connection = new(kernel, null, stop.Token);
        Assert.ThrowsAny<OperationCanceledException>(() => connection.NfTables.ListChains());
        Assert.Equal(2, kernel.Sent.Count);
    }
}
