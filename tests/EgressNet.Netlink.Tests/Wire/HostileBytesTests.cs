using System.Diagnostics;
using CsCheck;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Tests.Fakes;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;
using Xunit;

namespace EgressNet.Netlink.Tests.Wire;

/// <summary>Whatever the bytes, a reader says what they are or throws its own error, soon.</summary>
[Trait("Trap", "T2")]
public sealed class HostileBytesTests
{
    private const int Cases = 20_000;
    private const int Sequence = 2;

    private static readonly byte[][] Seeds =
    [
        Encoded.Datagram(RTM.RTM_NEWROUTE, RouteHex(new Route
        {
            Destination = InetPrefix.Parse("10.0.0.0/8"), Table = 300, Metrics = new RouteMetrics { [RouteMetric.Mtu] = 1400 },
            NextHops =
            [
                new NextHop { Gateway = InetAddress.Parse("fe80::1"), InterfaceIndex = 2 },
                new NextHop { InterfaceIndex = 3 },
            ],
        })),
        Encoded.Datagram(RTM.RTM_NEWROUTE, RouteHex(new Route
        {
            Destination = InetPrefix.Parse("::/0"), Gateway = InetAddress.Parse("fe80::1"), InterfaceIndex = 2,
            Source = InetPrefix.Parse("fd00::/8"), Preference = 1,
        })),
        Encoded.Datagram(RTM.RTM_NEWADDR, Encoded.Address(new InterfaceAddress
        {
            Local = InetPrefix.Parse("10.0.0.1/24"), InterfaceIndex = 2, Label = "a:b", ValidSeconds = 60, PreferredSeconds = 30,
        })),
        Encoded.Datagram(RTM.RTM_NEWLINK, Encoded.Veth(new VethEnd { Name = "a", Mtu = 1500 }, new VethEnd { Name = "b" })),
        Reply.Message(
            (ushort)NLMSG.NLMSG_ERROR,
            7,
            [234, 255, 255, 255, .. new byte[16], .. Reply.Text(1, "text"), .. Reply.Attribute(2, 40)],
            NLM_F.NLM_F_ACK_TLVS | NLM_F.NLM_F_CAPPED),
        Reply.Message(
            (ushort)NLMSG.NLMSG_ERROR,
            7,
            [234, 255, 255, 255, 28, 0, 0, 0, .. new byte[24], .. Reply.Attribute(5, 9), .. Reply.Attribute(6, 28)],
            NLM_F.NLM_F_ACK_TLVS),
        Reply.Message((ushort)NLMSG.NLMSG_DONE, 7, [234, 255, 255, 255, .. Reply.Text(1, "text")], NLM_F.NLM_F_ACK_TLVS),
    ];

    private static readonly Gen<byte[]> Noise = Gen.Byte.Array[0, 200];

    private static readonly Gen<byte[]> Mutated =
        from seed in Gen.OneOf(Seeds)
        from changes in Gen.Select(Gen.Int[0, seed.Length - 1], Gen.OneOf(Gen.Byte, Gen.OneOf<byte>(0, 1, 3, 4, 0xff))).Array[0, 6]
        from cut in Gen.Frequency((3, Gen.Const(seed.Length)), (1, Gen.Int[0, seed.Length]))
        select Mutate(seed, changes, cut);

    // A whole header in front of noise, so that it gets past the first look.
    private static readonly Gen<byte[]> Framed =
        from type in Gen.OneOf<ushort>(1, 2, 3, 4, 16, 20, 24, 0)
        from flags in Gen.UShort
        from payload in Gen.OneOf(Gen.Byte, Gen.OneOf<byte>(0, 4, 8, 12)).Array[0, 120]
        select Reply.Message(type, Sequence, payload, (NLM_F)flags);

    private static readonly Gen<byte[]> Hostile = Gen.OneOf(Noise, Mutated, Framed);

    [Fact]
    public void Every_reader_throws_its_own_error_or_none() =>
        Hostile.Sample(bytes => Tolerates(() => ReadAll(bytes)), iter: Cases, threads: 1);

    [Fact]
    public void A_connection_answered_with_anything_fails_in_its_own_words() =>
        Hostile.Array[1, 4].Sample(
            datagrams =>
            {
                Answered(datagrams, connection => connection.Links.List());
                Answered(datagrams, connection => connection.Links.Get(1));
                Answered(datagrams, connection => connection.Addresses.List());
                Answered(datagrams, connection => connection.Routes.List().Count());
                Answered(datagrams, connection => connection.Routes.Lookup(InetAddress.Parse("10.0.0.1")));
                Answered(datagrams, connection => connection.Links.Delete(1));
                Answered(datagrams, connection =>
                {
                    using NetlinkBatch batch = connection.CreateRouteBatch((_, _) => { });
                    batch.Write(new Route { Destination = InetPrefix.Parse("10.0.0.0/8") });
                    batch.Write(new Route { Destination = InetPrefix.Parse("11.0.0.0/8") });
                    batch.Complete();
                });
            },
            iter: Cases / 20,
            threads: 1);

    private static void Answered(byte[][] datagrams, Action<NetlinkConnection> use) => Tolerates(() =>
    {
        FakeKernel kernel = new();
        kernel.Answer = sent => kernel.Sent.Count > 1 ? [] : datagrams.Select(bytes => Claimed(bytes, sent[0].Sequence));
        using NetlinkConnection connection = new(kernel, new NetlinkOptions { DumpTimeout = TimeSpan.FromMilliseconds(2) });
        use(connection);
    });

    private static void ReadAll(byte[] datagram)
    {
        byte[] request = Seeds[0];
        foreach (NetlinkMessage message in new MessageReader(datagram))
        {
            if (RouteMessage.TryRead(in message, out Route route))
            {
                _ = (route.ToString(), route.GetHashCode(), route.Unknown?.Count());
            }

            if (AddressMessage.TryRead(in message, out InterfaceAddress address))
            {
                _ = (address.ToString(), address.Unknown?.Count());
            }

            _ = LinkMessage.Read(in message).ToString();
            _ = RefusedRequest.Read(in message, "test", request)?.Message;
        }
    }

    private static void Tolerates(Action act)
    {
        long started = Stopwatch.GetTimestamp();
        try
        {
            act();
        }
        catch (Exception own) when (own is NetlinkFormatException or NetlinkException or NetlinkTransportException)
        {
        }

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5), "It took too long.");
    }

    private static byte[] Claimed(byte[] datagram, uint sequence)
    {
        byte[] copy = [.. datagram];
        if (copy.Length >= 12)
        {
            BitConverter.TryWriteBytes(copy.AsSpan(8), sequence);
        }

        return copy;
    }

    private static byte[] Mutate(byte[] seed, (int At, byte Value)[] changes, int cut)
    {
        byte[] copy = [.. seed];
        foreach ((int at, byte value) in changes)
        {
            copy[at] = value;
        }

        return copy[..cut];
    }

    private static string RouteHex(Route route) => Encoded.Route(route);
}
