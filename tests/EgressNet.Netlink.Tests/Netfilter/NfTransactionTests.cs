using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Tests.Fakes;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;
using Xunit;
using static EgressNet.Netlink.Tests.Wire.Encoded;

namespace EgressNet.Netlink.Tests.Netfilter;

public sealed class NfTransactionTests
{
    private static readonly NfTable s_t = new() { Name = "t" };
    private static readonly NfSet s_map = NfSet.AddressMap(s_t, "m", AddressFamily.IPv4);

    [Fact]
    public void It_is_one_datagram_from_begin_to_end_with_one_ACK_request()
    {
        List<SentMessage> sent = NfEncoded.Sent(each =>
        {
            each.Add(s_t);
            each.Add(s_map);
        });

        Assert.Equal([16, 0x0a00, 0x0a09, 17], sent.Select(each => (int)each.Type));
        Assert.Equal([false, false, true, false], sent.Select(each => each.Flags.HasFlag(NLM_F.NLM_F_ACK)));
        Assert.All(sent, each => Assert.True(each.Flags.HasFlag(NLM_F.NLM_F_REQUEST)));
        Assert.Equal([1u, 2u, 3u, 4u], sent.Select(each => each.Sequence));
        Assert.Equal(Hex("00 00 000a"), Convert.ToHexStringLower(sent[0].Bytes.AsSpan(16)));
        Assert.Equal(Hex("00 00 000a"), Convert.ToHexStringLower(sent[3].Bytes.AsSpan(16)));
    }

    [Fact]
    public void The_generation_expected_goes_with_the_begin() =>
        Assert.Equal(
            Hex("00 00 000a", "0800 0100 00000102"),
            Convert.ToHexStringLower(NfEncoded.Sent(each => each.Add(s_t), new NfGeneration(0x102))[0].Bytes.AsSpan(16)));

    [Fact]
    public void Each_refused_item_is_told_by_its_place()
    {
        NfTransactionException error = Refused(sent =>
        [
            [.. Reply.Error(sent[1], 17), .. Reply.Error(sent[3], 2, Reply.Attribute(2, 28))], Reply.Ack(sent[3].Sequence),
        ]);

        Assert.Equal([(0, 17), (2, 2)], error.Errors.Select(each => (each.Index, (int)each.Error.Errno)));
        Assert.Equal((17, "add table", false), ((int)error.Errno, error.Refusal.Operation.ToString(), error.IsOutdated));
        Assert.Equal("NFTA_SET_ELEM_LIST_SET", error.Errors[1].Error.Attribute);
        Assert.Contains("Nothing was changed", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(85, true)]
    [InlineData(1, false)]
    [InlineData(95, false)]
    public void A_refusal_of_the_whole_is_the_only_answer(int errno, bool outdated)
    {
        NfTransactionException error = Refused(sent => [Reply.Error(sent[0], errno)]);

        Assert.Empty(error.Errors);
        Assert.Equal((errno, outdated), ((int)error.Errno, error.IsOutdated));
    }

    [Fact]
    public void A_refused_commit_is_seen_although_the_last_item_is_acked()
    {
        NfTransactionException error = Refused(sent => [Reply.Error(sent[0], 22), Reply.Ack(sent[3].Sequence)]);

        Assert.Equal(22, (int)error.Errno);
    }

    [Fact]
    public void An_empty_one_sends_nothing_and_a_committed_one_is_over()
    {
        FakeKernel kernel = new();
        using NetlinkConnection connection = new(kernel);
        NfTransaction transaction = connection.NfTables.CreateTransaction();
        transaction.Commit();

        Assert.Empty(kernel.Sent);
        Assert.Throws<InvalidOperationException>(() => transaction.Add(s_t));
        Assert.Throws<InvalidOperationException>(transaction.Commit);
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_what_fitted_goes()
    {
        FakeKernel kernel = new();
        kernel.Answer = sent => [Reply.Ack(sent[^2].Sequence)];
        using NetlinkConnection connection = new(kernel);
        NfTransaction transaction = connection.NfTables.CreateTransaction();
        NfElement element = new() { Key = InetAddress.Parse("10.0.0.1"), UserData = NfUserData.Empty.With(200, new byte[200]) };
        NfElement[] many = [.. Enumerable.Repeat(element, 200)];
        transaction.Add(s_map, many);
        transaction.Add(s_map, many);
        Assert.Throws<NetlinkFormatException>(() => transaction.Add(s_map, many));
        Assert.Throws<ArgumentException>(() => transaction.Add(s_t with { Name = "" }));
        Assert.Throws<ArgumentException>(() => transaction.Delete(s_map, []));
        Assert.Equal(2, transaction.Count);
        transaction.Commit();

        Assert.Equal(4, Assert.Single(kernel.Sent).Count);
        NfTransaction full = connection.NfTables.CreateTransaction();
        for (int i = 0; i < NfTransaction.MaxItems; i++)
        {
            full.Delete(s_t);
        }

        Assert.Throws<InvalidOperationException>(() => full.Delete(s_t));
    }

    private static NfTransactionException Refused(Func<List<SentMessage>, IEnumerable<byte[]>> answer)
    {
        FakeKernel kernel = new() { Answer = answer };
        using NetlinkConnection connection = new(kernel);
        NfTransaction transaction = connection.NfTables.CreateTransaction();
        transaction.Add(s_t);
        transaction.Add(s_map);
        transaction.Add(s_map, new NfElement { Key = InetAddress.Parse("10.0.0.1") });
        return Assert.Throws<NfTransactionException>(transaction.Commit);
    }

    [Fact]
    public void Elements_that_moved_while_they_were_read_are_read_again()
    {
        FakeKernel kernel = FakeKernel.Scripted(
            request => [Elements(request, "10.0.0.1", "10.0.0.2"), Elements(request, "10.0.0.2"), Reply.Done(request.Sequence)],
            request => [Elements(request, "10.0.0.1", "10.0.0.2"), Elements(request, "10.0.0.3"), Reply.Done(request.Sequence)]);
        using NetlinkConnection connection = new(kernel);

        Assert.Equal(
            ["10.0.0.1", "10.0.0.2", "10.0.0.3"], connection.NfTables.ListElements(s_map).Select(each => $"{each.Key}"));
    }

    private static byte[] Elements(SentMessage request, params string[] keys)
    {
        byte[] list = [.. keys.SelectMany(key =>
        {
            byte[] address = new byte[4];
            InetAddress.Parse(key).WriteBytes(address);
            return Reply.Attribute(1, Reply.Attribute(1, Reply.Attribute(1, address)));
        })];
        return Reply.Message(
            (ushort)NfMessageType.NewElement, request.Sequence, [1, 0, 0, 0, .. Reply.Attribute(3, list)], NLM_F.NLM_F_MULTI);
    }
}
