using EgressNet.Netlink.Conntrack;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Tests.Fakes;
using EgressNet.Netlink.Transport;
using Xunit;

namespace EgressNet.Netlink.Tests.Conntrack;

public sealed class ConntrackOperationsTests
{
    private static readonly InetAddress s_pod = InetAddress.Parse("10.0.0.1");
    private static readonly InetAddress s_other = InetAddress.Parse("10.0.0.2");
    private static readonly InetAddress s_far = InetAddress.Parse("192.0.2.1");

    [Fact]
    public void A_kernel_that_ignores_the_filter_is_filtered_here()
    {
        FakeKernel kernel = new() { Answer = sent => Dump(sent[0], Entry(1, s_pod, s_far), Entry(2, s_other, s_far), Entry(3, s_other, s_pod)) };
        using NetlinkConnection connection = new(kernel);

        Assert.Equal([1u], connection.Conntrack.List(new() { OriginalSource = s_pod }).Select(each => each.Id!.Value));
        Assert.Equal([3u], connection.Conntrack.List(new() { ReplySource = s_pod }).Select(each => each.Id!.Value));
        Assert.Equal([1u, 3u], connection.Conntrack.ListOf(s_pod).Select(each => each.Id!.Value).Order());
        Assert.Empty(connection.Conntrack.List(new() { Family = AddressFamily.IPv6 }));
    }

    [Theory]
    [InlineData(22)]
    [InlineData(95)]
    public void A_kernel_that_refuses_the_filter_is_asked_for_all(int errno)
    {
        FakeKernel kernel = new()
        {
            Answer = sent => sent[0].Bytes.Length > 20
                ? [Reply.Error(sent[0], errno)]
                : Dump(sent[0], Entry(1, s_pod, s_far), Entry(2, s_other, s_far), Entry(3, s_other, s_pod)),
        };
        using NetlinkConnection connection = new(kernel);

        Assert.Equal([1u], connection.Conntrack.List(new() { OriginalSource = s_pod }).Select(each => each.Id!.Value));
        Assert.Equal(2, kernel.Sent.Count);
        Assert.All(kernel.Sent, each => Assert.Equal(2, each[0].Bytes[16]));
    }

    [Fact]
    public void Other_refusals_are_told()
    {
        FakeKernel kernel = new() { Answer = sent => [Reply.Error(sent[0], 1)] };
        using NetlinkConnection connection = new(kernel);

        Assert.Equal("EPERM", Assert.Throws<NetlinkException>(() => connection.Conntrack.List()).ErrnoName);
        Assert.Equal("EPERM", Assert.Throws<NetlinkException>(() => connection.Conntrack.ListOf(s_pod)).ErrnoName);
        Assert.Equal("EPERM", Assert.Throws<NetlinkException>(() => connection.Conntrack.DeleteOf(s_pod)).ErrnoName);
        Assert.Equal(3, kernel.Sent.Count);
    }

    [Fact]
    public void Addresses_of_two_families_and_no_address_are_asked_nobody()
    {
        FakeKernel kernel = new();
        using NetlinkConnection connection = new(kernel);

        Assert.Empty(connection.Conntrack.List(new() { OriginalSource = s_pod, ReplySource = InetAddress.Parse("fd00::1") }));
        Assert.Empty(connection.Conntrack.List(new() { OriginalSource = s_pod, Family = AddressFamily.IPv6 }));
        Assert.Equal(0, connection.Conntrack.DeleteOf(default(InetAddress)));
        Assert.Empty(kernel.Sent);
    }

    [Fact]
    public void Deletion_is_batched_and_does_not_count_expired_entries()
    {
        byte[][] entries = [.. Enumerable.Range(1, 300).Select(i => Entry((uint)i, s_pod, s_far, (byte)i))];
        FakeKernel kernel = new() { Answer = sent => Deleted(sent, entries, (sent, i) => i == 2 ? Reply.Error(sent, 2) : null) };
        using NetlinkConnection connection = new(kernel);

        Assert.Equal(297, connection.Conntrack.DeleteOf(s_pod));
        Assert.Equal([1, 1, 128, 128, 44], kernel.Sent.Select(each => each.Count));
        Assert.All(kernel.Sent.Skip(2), each => Assert.Equal(
            1, each.Count(message => message.Flags.HasFlag(NLM_F.NLM_F_ACK))));
    }

    [Fact]
    public void Where_nothing_is_tracked_nothing_is_walked()
    {
        FakeKernel kernel = new() { Answer = sent => [Counted(sent[0], 0)] };
        using NetlinkConnection connection = new(kernel);

        Assert.Equal(0u, connection.Conntrack.Count);
        Assert.Equal(0, connection.Conntrack.DeleteOf(s_pod, s_other));
        Assert.All(kernel.Sent, each => Assert.Equal((ushort)ConntrackMessageType.GetStatistics, Assert.Single(each).Type));
    }

    [Fact]
    public void A_refused_deletion_is_an_error_after_all_others_are_deleted()
    {
        byte[][] entries = [Entry(1, s_pod, s_far), Entry(2, s_pod, s_far, 9), Entry(3, s_pod, s_far, 10)];
        FakeKernel kernel = new() { Answer = sent => Deleted(sent, entries, (sent, i) => i < 2 ? Reply.Error(sent, 2 + (14 * i)) : null) };
        using NetlinkConnection connection = new(kernel);

        NetlinkException error = Assert.Throws<NetlinkException>(() => connection.Conntrack.DeleteOf(s_pod));
        Assert.Equal(("EBUSY", "delete tracked connection"), (error.ErrnoName, error.Operation.ToString()));
        Assert.Equal(3, kernel.Sent[^1].Count);
    }

    private static IEnumerable<byte[]> Deleted(
        List<SentMessage> sent, byte[][] entries, Func<SentMessage, int, byte[]?> refusal)
    {
        if (sent[0].Type == (ushort)ConntrackMessageType.GetStatistics)
        {
            return [Counted(sent[0], (uint)entries.Length)];
        }

        if (sent[0].Type == (ushort)ConntrackMessageType.Get)
        {
            return Dump(sent[0], entries);
        }

        byte[][] refused = [.. sent.Select(refusal).OfType<byte[]>()];
        return refusal(sent[^1], sent.Count - 1) is null ? [.. refused, Reply.Ack(sent[^1].Sequence)] : refused;
    }

    private static byte[] Counted(SentMessage request, uint count) => Reply.Message(
        (ushort)ConntrackMessageType.GetStatistics,
        request.Sequence,
        [0, 0, 0, 0, .. Reply.Attribute(1, System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(count))]);

    private static IEnumerable<byte[]> Dump(SentMessage request, params byte[][] entries) =>
    [
        .. entries.Select(entry => Reply.Message(
            (ushort)ConntrackMessageType.New, request.Sequence, entry, NLM_F.NLM_F_MULTI)),
        Reply.Done(request.Sequence),
    ];

    private static byte[] Entry(uint id, InetAddress source, InetAddress destination, byte port = 80) =>
    [
        2, 0, 0, 0, .. Tuple(1, source, destination, port), .. Tuple(2, destination, source, port),
        .. Reply.Attribute(12, BitConverter.IsLittleEndian ? System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(id) : id),
    ];

    private static byte[] Tuple(int type, InetAddress source, InetAddress destination, byte port)
    {
        byte[] from = new byte[16];
        byte[] to = new byte[16];
        byte[] ends =
        [
            .. Reply.Attribute(1, from.AsSpan(0, source.WriteBytes(from))),
            .. Reply.Attribute(2, to.AsSpan(0, destination.WriteBytes(to))),
        ];
        byte[] protocol = [.. Reply.Attribute(1, [17]), .. Reply.Attribute(2, [0, port]), .. Reply.Attribute(3, [0, port])];
        return Reply.Attribute(type, [.. Reply.Attribute(1, ends), .. Reply.Attribute(2, protocol)]);
    }
}
