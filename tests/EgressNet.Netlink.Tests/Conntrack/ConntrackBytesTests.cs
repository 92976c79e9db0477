using EgressNet.Netlink.Conntrack;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Tests.Fakes;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;
using Xunit;
using static EgressNet.Netlink.Tests.Wire.Encoded;

namespace EgressNet.Netlink.Tests.Conntrack;

public sealed class ConntrackBytesTests
{
    [Fact]
    public void An_entry_is_read_and_found_again_by_its_own_bytes() =>
        Assert.All(ConntrackCaptured.All, each =>
        {
            ConntrackEntry read = Read(each.Hex);
            Assert.Equal(each.Entry, read with { Unknown = null });
            Assert.NotNull(read.Unknown);
            Assert.Equal(
                each.Key, Asked(connection => connection.Conntrack.Delete(read), out NLM_F flags, ConntrackMessageType.Delete));
            Assert.Equal(NLM_F.NLM_F_REQUEST | NLM_F.NLM_F_ACK, flags);
        });

    [Fact]
    public void What_is_not_modelled_goes_along()
    {
        // An attribute 99 in the protocol and one 98 beside it.
        string tuple = Hex(
            "28000180", "0c000180 080001000a000002", "10000280 0500010011000000 04006300", "0800620000000007");
        ConntrackEntry read = Read(Hex("02000000", tuple, "0800080000000001"));
        Assert.Equal(
            (99, 98, (int)CTA.CTA_MARK),
            (read.Original.UnknownOfProtocol!.Single().Type, read.Original.Unknown!.Single().Type, read.Unknown!.Single().Type));
        Assert.Equal(Hex("02000000", tuple), Asked(connection => connection.Conntrack.Delete(read), out _));
    }

    [Fact]
    public void A_filter_goes_as_the_ends_of_each_direction()
    {
        string all = Asked(connection => connection.Conntrack.List(), out NLM_F flags, ConntrackMessageType.Get);
        Assert.Equal((Hex("00000000"), NLM_F.NLM_F_REQUEST | NLM_F.NLM_F_DUMP), (all, flags));
        Assert.Equal(
            Hex("0a000000"),
            Asked(connection => connection.Conntrack.List(new() { Family = AddressFamily.IPv6 }), out _));
        Assert.Equal(
            Hex("02000000", "10000180 0c000180 080001000a000001", "14001980 0800010001000000 0800020000000000"),
            Asked(connection => connection.Conntrack.List(new() { OriginalSource = Address("10.0.0.1") }), out _));
        Assert.Equal(
            Hex(
                "02000000", "10000180 0c000180 080002000a000001",
                "18000280 14000180 080001000a000002 080002000a000003", "14001980 0800010002000000 0800020003000000"),
            Asked(
                connection => connection.Conntrack.List(new()
                {
                    OriginalDestination = Address("10.0.0.1"),
                    ReplySource = Address("10.0.0.2"),
                    ReplyDestination = Address("10.0.0.3"),
                }),
                out _));
    }

    [Fact]
    public void IPv6_addresses_are_not_given_to_the_kernel()
    {
        ConntrackFilter filter = new() { OriginalSource = Address("fd00::1"), ReplySource = Address("fd00::2") };
        Assert.Equal(Hex("0a000000"), Asked(connection => connection.Conntrack.List(filter), out _));
        Assert.Equal(Hex("0a000000"), Asked(connection => connection.Conntrack.ListOf(Address("fd00::1")), out _));
    }

    private static ConntrackEntry Read(string hex)
    {
        MessageReader reader = new(Reply.Message((ushort)ConntrackMessageType.New, 7, Bytes(hex)));
        Assert.True(reader.MoveNext());
        Assert.True(ConntrackMessage.TryRead(reader.Current, out ConntrackEntry entry));
        return entry;
    }

    private static string Asked(
        Action<NetlinkConnection> act, out NLM_F flags, ConntrackMessageType type = ConntrackMessageType.Subsystem)
    {
        FakeKernel kernel = new();
        kernel.Answer = sent => [Reply.Ack(sent[0].Sequence)];
        using NetlinkConnection connection = new(kernel);
        act(connection);
        SentMessage message = Assert.Single(Assert.Single(kernel.Sent));
        Assert.True(type == ConntrackMessageType.Subsystem || message.Type == (ushort)type);
        flags = message.Flags;
        return Convert.ToHexStringLower(message.Bytes.AsSpan(16));
    }

    private static InetAddress Address(string text) => InetAddress.Parse(text);
}
