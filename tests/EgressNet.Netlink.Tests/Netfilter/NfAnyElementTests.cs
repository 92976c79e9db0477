using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Tests.Fakes;
using EgressNet.Netlink.Transport;
using Xunit;

namespace EgressNet.Netlink.Tests.Netfilter;

public sealed class NfAnyElementTests
{
    private static readonly NfSet s_map = NfSet.AddressMap(new NfTable { Name = "t" }, "m", AddressFamily.IPv4);

    [Fact]
    public void No_more_is_read_than_the_first_part_with_an_element()
    {
        FakeKernel kernel = FakeKernel.Scripted(
            request => [Part(request), Part(request, 7), Part(request, 8), Part(request, 9), Reply.Done(request.Sequence)],
            request => [Reply.Error(request, 2)]);
        using NetlinkConnection connection = new(kernel);

        Assert.True(connection.NfTables.HasElements(s_map));
        Assert.Equal((2, 3), (kernel.Received, kernel.Waiting));
        Assert.Null(connection.NfTables.FindElement(s_map, InetAddress.Parse("10.0.0.1")));
        Assert.Equal(0, kernel.Waiting);
    }

    [Fact]
    public void A_whole_answer_without_any_says_no()
    {
        FakeKernel kernel = FakeKernel.Scripted(request => [Part(request), Reply.Done(request.Sequence)]);
        using NetlinkConnection connection = new(kernel);
        Assert.False(connection.NfTables.HasElements(s_map));
    }

    [Fact]
    public void An_interrupted_dump_says_no_only_when_a_retry_was_consistent()
    {
        FakeKernel kernel = FakeKernel.Scripted(
            request => [Reply.Done(request.Sequence, flags: NLM_F.NLM_F_DUMP_INTR)],
            request => [Part(request, 7), Reply.Done(request.Sequence)]);
        using NetlinkConnection connection = new(kernel);
        Assert.True(connection.NfTables.HasElements(s_map));

        kernel = new() { Answer = sent => [Reply.Done(sent[0].Sequence, flags: NLM_F.NLM_F_DUMP_INTR)] };
        using NetlinkConnection restless = new(kernel, new NetlinkOptions { DumpTimeout = TimeSpan.FromMilliseconds(20) });
        Assert.Equal(
            NetlinkTransportError.DumpInterrupted,
            Assert.ThrowsAny<NetlinkTransportException>(() => restless.NfTables.HasElements(s_map)).Reason);
    }

    [Theory]
    [InlineData("ENOENT", 2, false)]
    [InlineData("EPERM", 1, true)]
    public void What_is_not_there_has_none_and_other_refusals_are_told(string name, int errno, bool isTold)
    {
        FakeKernel kernel = FakeKernel.Scripted(request => [Reply.Error(request, errno)]);
        using NetlinkConnection connection = new(kernel);
        if (isTold)
        {
            Assert.Equal(name, Assert.Throws<NetlinkException>(() => connection.NfTables.HasElements(s_map)).ErrnoName);
            return;
        }

        Assert.False(connection.NfTables.HasElements(s_map));
    }

    private static byte[] Part(SentMessage request, params byte[] keys)
    {
        byte[] list = [.. keys.SelectMany(
            key => Reply.Attribute(1, Reply.Attribute(1, Reply.Attribute(1, [10, 0, 0, key]))))];
        return Reply.Message(
            (ushort)NfMessageType.NewElement, request.Sequence, [1, 0, 0, 0, .. Reply.Attribute(3, list)], NLM_F.NLM_F_MULTI);
    }
}
