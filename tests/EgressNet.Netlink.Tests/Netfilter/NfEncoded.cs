using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Tests.Fakes;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;
using Xunit;

namespace EgressNet.Netlink.Tests.Netfilter;

/// <summary>What a transaction of one item sends, as a capture of <c>nft</c> shows it: behind the netlink header.</summary>
internal static class NfEncoded
{
    public static string Item(Action<NfTransaction> add, out NLM_F flags)
    {
        List<SentMessage> sent = Sent(add);
        Assert.Equal(3, sent.Count);
        flags = sent[1].Flags & ~(NLM_F.NLM_F_REQUEST | NLM_F.NLM_F_ACK);
        return Convert.ToHexStringLower(sent[1].Bytes.AsSpan(16));
    }

    public static string Item(Action<NfTransaction> add) => Item(add, out _);

    public static List<SentMessage> Sent(Action<NfTransaction> add, NfGeneration? expected = null)
    {
        FakeKernel kernel = new();
        kernel.Answer = sent => [Reply.Ack(sent[^2].Sequence)];
        using NetlinkConnection connection = new(kernel);
        NfTransaction transaction = connection.NfTables.CreateTransaction(expected);
        add(transaction);
        transaction.Commit();
        return Assert.Single(kernel.Sent);
    }

    public static NetlinkMessage Message(NfMessageType type, string hex)
    {
        MessageReader reader = new(Reply.Message((ushort)type, 7, Wire.Encoded.Bytes(hex)));
        Assert.True(reader.MoveNext());
        return reader.Current;
    }
}
