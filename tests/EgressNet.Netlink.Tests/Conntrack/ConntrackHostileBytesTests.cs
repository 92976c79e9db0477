using CsCheck;
using EgressNet.Netlink.Conntrack;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Tests.Fakes;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;
using Xunit;

namespace EgressNet.Netlink.Tests.Conntrack;

/// <summary>Whatever the bytes, the reader says what they are or throws its own error.</summary>
public sealed class ConntrackHostileBytesTests
{
    private static readonly byte[][] Seeds =
    [
        .. ConntrackCaptured.All.Select(
            each => Reply.Message((ushort)ConntrackMessageType.New, 7, Wire.Encoded.Bytes(each.Hex))),
    ];

    private static readonly Gen<byte[]> Hostile =
        from seed in Gen.OneOf(Seeds)
        from changes in Gen.Select(Gen.Int[16, seed.Length - 1], Gen.OneOf(Gen.Byte, Gen.OneOf<byte>(0, 1, 3, 4, 0xff))).Array[0, 6]
        from type in Gen.OneOf<ushort>(0x0100, 0x0100, 0x0102, 2, 3)
        from cut in Gen.Frequency((3, Gen.Const(seed.Length)), (1, Gen.Int[16, seed.Length]))
        select Mutate(seed, type, changes, cut);

    [Fact]
    public void The_reader_throws_its_own_error_or_none_and_what_it_read_can_be_asked_for() =>
        Hostile.Sample(datagram => Tolerates(() => ReadAll(datagram)), iter: 20_000, threads: 1);

    [Fact]
    public void A_connection_answered_with_anything_fails_in_its_own_words() =>
        Hostile.Array[1, 3].Sample(
            datagrams =>
            {
                Answered(datagrams, conntrack => conntrack.List());
                Answered(datagrams, conntrack => conntrack.ListOf(InetAddress.Parse("10.0.0.2")));
                Answered(datagrams, conntrack => conntrack.DeleteOf(InetAddress.Parse("10.0.0.2")));
                Answered(datagrams, conntrack => conntrack.Delete(ConntrackCaptured.InZone.Entry));
            },
            iter: 500,
            threads: 1);

    private static void ReadAll(byte[] datagram)
    {
        byte[] buffer = new byte[4096];
        foreach (NetlinkMessage message in new MessageReader(datagram))
        {
            ConntrackMessage.TryRead(in message, out ConntrackEntry entry);
            _ = (entry.ToString(), entry.GetHashCode(), entry.Unknown?.Count(), entry.Concerns(entry.Reply.Source));
            NetlinkWriter writer = new(buffer, (ushort)ConntrackMessageType.Delete, 0, 7);
            ConntrackMessage.WriteKey(ref writer, entry);
        }
    }

    private static void Answered(byte[][] datagrams, Action<ConntrackOperations> use) => Tolerates(() =>
    {
        FakeKernel kernel = new();
        kernel.Answer = sent => kernel.Sent.Count > 1 ? [] : datagrams.Select(bytes => Claimed(bytes, sent[0].Sequence));
        using NetlinkConnection connection = new(kernel, new NetlinkOptions { DumpTimeout = TimeSpan.FromMilliseconds(2) });
        use(connection.Conntrack);
    });

    private static void Tolerates(Action act)
    {
        try
        {
            act();
        }
        catch (Exception own) when (own is NetlinkFormatException or NetlinkException or NetlinkTransportException)
        {
        }
    }

    private static byte[] Claimed(byte[] datagram, uint sequence)
    {
        byte[] copy = [.. datagram];
        BitConverter.TryWriteBytes(copy.AsSpan(8), sequence);
        return copy;
    }

    private static byte[] Mutate(byte[] seed, ushort type, (int At, byte Value)[] changes, int cut)
    {
        byte[] copy = [.. seed];
        foreach ((int at, byte value) in changes)
        {
            copy[at] = value;
        }

        BitConverter.TryWriteBytes(copy.AsSpan(4), type);
        BitConverter.TryWriteBytes(copy, cut);
        return copy[..cut];
    }
}
