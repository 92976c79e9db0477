using CsCheck;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Tests.Fakes;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;
using Xunit;

namespace EgressNet.Netlink.Tests.Netfilter;

/// <summary>Whatever the bytes, a reader says what they are or throws its own error.</summary>
public sealed class NfHostileBytesTests
{
    private static readonly NfTable T = new() { Name = "t", UserData = NfUserData.Empty.WithComment("c") };
    private static readonly NfSet Map = NfSet.AddressMap(T, "m", AddressFamily.IPv4, NfSetFlags.Timeout) with { Size = 9 };

    private static readonly byte[][] Seeds =
    [
        Seed(each => each.Add(T)),
        Seed(each => each.Add(new NfChain
        {
            Table = "t", Name = "c", Type = "nat", Hook = NfHook.PostRouting, Policy = NfPolicy.Drop, Device = "eth0",
        })),
        Seed(each => each.Add(Map)),
        Seed(each => each.Add(NfSet.AddressPairs(T, "x", AddressFamily.IPv4) with { Size = 9 })),
        Seed(each => each.Add(Map, NfElement.OfPair(InetAddress.Parse("10.0.0.1"), InetPrefix.Parse("10.0.0.0/8")))),
        Seed(each => each.Add(Map, new NfElement
        {
            Key = InetAddress.Parse("10.0.0.1"), Verdict = NfVerdict.Jump("x"), Timeout = TimeSpan.FromDays(1),
            Expiration = TimeSpan.FromHours(1), IsIntervalEnd = true, UserData = NfUserData.Empty.WithComment("c"),
        })),
        .. NfCapturedRules.All.Select(row => Seed(each => each.Add(new NfRule
        {
            Table = "t", Chain = "c", Expressions = row.Data.Item2, UserData = NfUserData.Empty.WithComment("c"),
        }))),
    ];

    private static readonly Gen<byte[]> Hostile =
        from seed in Gen.OneOf(Seeds)
        from changes in Gen.Select(Gen.Int[16, seed.Length - 1], Gen.OneOf(Gen.Byte, Gen.OneOf<byte>(0, 1, 3, 4, 0xff))).Array[0, 6]
        from type in Gen.OneOf<ushort>(0x0a00, 0x0a03, 0x0a06, 0x0a09, 0x0a0c, 0x0a0f, 2, 3)
        from cut in Gen.Frequency((3, Gen.Const(seed.Length)), (1, Gen.Int[16, seed.Length]))
        select Mutate(seed, type, changes, cut);

    [Fact]
    public void Every_reader_throws_its_own_error_or_none() =>
        Hostile.Sample(ReadAll, iter: 20_000, threads: 1);

    [Fact]
    public void A_connection_answered_with_anything_fails_in_its_own_words() =>
        Hostile.Array[1, 3].Sample(
            datagrams =>
            {
                Answered(datagrams, tables => tables.ListTables());
                Answered(datagrams, tables => tables.ListChains());
                Answered(datagrams, tables => tables.ListRules());
                Answered(datagrams, tables => tables.ListSets());
                Answered(datagrams, tables => tables.ListElements(Map));
                Answered(datagrams, tables => tables.HasElements(Map));
                Answered(datagrams, tables => tables.FindElement(Map, InetAddress.Parse("10.0.0.1")));
                Answered(datagrams, tables => tables.GetGeneration());
                Answered(datagrams, tables =>
                {
                    using NfTransaction transaction = tables.CreateTransaction();
                    transaction.Add(T);
                    transaction.Add(Map);
                    transaction.Commit();
                });
            },
            iter: 500,
            threads: 1);

    private static void ReadAll(byte[] datagram) => Tolerates(() =>
    {
        foreach (NetlinkMessage message in new MessageReader(datagram))
        {
            NfTableMessage.TryRead(in message, out NfTable table);
            _ = (table.ToString(), table.GetHashCode(), table.UserData?.Comment);
            NfChainMessage.TryRead(in message, out NfChain chain);
            _ = (chain.ToString(), chain.GetHashCode(), chain.UserData?.Comment);
            NfSetMessage.TryRead(in message, out NfSet set);
            _ = (set.ToString(), set.GetHashCode(), set.UserData?.Field(3));
            NfRuleMessage.TryRead(in message, out NfRule rule);
            _ = (rule.ToString(), rule.GetHashCode(), rule.Unknown?.Count());
            NfElementMessage.TryRead(in message, out IReadOnlyList<NfElement> elements);
            _ = elements.Select(each => (each.ToString(), each.GetHashCode(), each.UserData?.Comment)).ToList();
            _ = NfGenerationMessage.Read(in message).ToString();
        }
    });

    private static void Answered(byte[][] datagrams, Action<NfTablesOperations> use) => Tolerates(() =>
    {
        FakeKernel kernel = new();
        kernel.Answer = sent => kernel.Sent.Count > 1 ? [] : datagrams.Select(bytes => Claimed(bytes, sent[0].Sequence));
        using NetlinkConnection connection = new(kernel, new NetlinkOptions { DumpTimeout = TimeSpan.FromMilliseconds(2) });
        use(connection.NfTables);
    });

    private static void Tolerates(Action act)
    {
        try
        {
            act();
        }
        catch (Exception own) when (own is NetlinkFormatException or NetlinkException or NetlinkTransportException
            or NfTransactionException)
        {
        }
    }

    private static byte[] Seed(Action<NfTransaction> add) => NfEncoded.Sent(add)[1].Bytes;

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
