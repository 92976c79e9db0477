using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Wire;
using Xunit;
using static EgressNet.Netlink.Tests.Wire.Encoded;

namespace EgressNet.Netlink.Tests.Wire;

/// <summary>Expected bytes are those that <c>ip link</c> sends, with the flags of nests set as the kernel wants.</summary>
public sealed class LinkBytesTests
{
    private const string EmptyHeader = "00 00 0000 00000000 00000000 00000000";

    [Fact]
    public void A_veth_pair_is_one_message()
    {
        // ip link add cv0 address 02:00:00:00:00:01 mtu 9001 txqueuelen 500 type veth peer name cv1 mtu 9001
        VethEnd end = new()
        {
            Name = "cv0",
            Mtu = 9001,
            TransmitQueueLength = 500,
            MacAddress = Mac("02:00:00:00:00:01"),
        };

        Assert.Equal(
            Hex(
                EmptyHeader, "0800 0300 63763000", "0800 0400 29230000", "0800 0d00 f4010000",
                "0a00 0100 020000000001 0000", "3800 1280", "0900 0100 7665746800 000000", "2800 0280", "2400 0180",
                EmptyHeader, "0800 0300 63763100", "0800 0400 29230000"),
            Veth(end, new VethEnd { Name = "cv1", Mtu = 9001 }));
    }

    [Fact]
    public void Headers_carry_chosen_indexes_and_only_the_first_end_is_up() =>
        Assert.Equal(
            Hex(
                "00 00 0000 07000000 01000000 01000000", "0600 0300 6100 0000", "3000 1280", "0900 0100 7665746800 000000",
                "2000 0280", "1c00 0180", "00 00 0000 08000000 00000000 00000000", "0600 0300 6200 0000"),
            Veth(new VethEnd { Name = "a", Index = 7 }, new VethEnd { Name = "b", Index = 8 }, up: true));

    [Fact]
    public void A_count_of_queues_is_for_both_directions() =>
        // ip link add a numtxqueues 1 numrxqueues 1 type veth peer name b numtxqueues 2 numrxqueues 2
        Assert.Equal(
            Hex(
                EmptyHeader, "0600 0300 6100 0000", "0800 1f00 01000000", "0800 2000 01000000",
                "4000 1280", "0900 0100 7665746800 000000", "3000 0280", "2c00 0180",
                EmptyHeader, "0600 0300 6200 0000", "0800 1f00 02000000", "0800 2000 02000000"),
            Veth(new VethEnd { Name = "a", QueueCount = 1 }, new VethEnd { Name = "b", QueueCount = 2 }));

    [Theory]
    [InlineData(true, "01000000 01000000")]
    [InlineData(false, "00000000 01000000")]
    [InlineData(null, "00000000 00000000")]
    public void A_change_of_flags_names_the_bits_it_means(bool? up, string flagsAndMask) =>
        // ip link set cv0 up; ip link set cv0 down
        Assert.Equal(Hex("00 00 0000 03000000", flagsAndMask), Change(3, new LinkChange { Up = up }));

    [Fact]
    public void Everything_that_a_change_can_carry() =>
        Assert.Equal(
            Hex(
                "00 00 0000 03000000 00000000 00000000", "0800 0300 63763000", "0800 0400 dc050000", "0800 0d00 64000000",
                "0800 0a00 00000000", "0a00 0100 020000000001 0000", "0700 1400 616263 00"),
            Change(3, new LinkChange
            {
                Name = "cv0",
                Mtu = 1500,
                TransmitQueueLength = 100,
                MasterIndex = 0,
                Alias = "abc",
                MacAddress = Mac("02:00:00:00:00:01"),
            }));

    [Fact]
    public void An_alias_is_removed_by_an_empty_one() =>
        Assert.Equal(
            Hex("00 00 0000 03000000 00000000 00000000", "0400 1400"), Change(3, new LinkChange { Alias = "" }));

    [Fact]
    public void A_link_is_read_with_its_kind_and_names()
    {
        Link link = Read(Hex(
            "00 00 0100 02000000 43100100 00000000", "0700 0300 637630 00", "0800 0400 29230000", "0500 1000 06 000000",
            "0500 2100 01 000000", "0a00 0100 020000000001 0000", "0800 0500 05000000", "0800 2500 03000000",
            "0800 0d00 e8030000", "0800 0a00 09000000", "0800 1b00 04000000", "0700 1400 616263 00",
            "2000 1200", "0800 0100 76657468", "0800 0200 01020304", "0b00 0400 62726964676500 00",
            "1000 3480", "0b00 3500 6c6f6e67657200 00"));

        Assert.Equal((2, "cv0", (ushort)1), (link.Index, link.Name, link.HardwareType));
        Assert.Equal((9001u, 1000u, 9, 4u), (link.Mtu, link.TransmitQueueLength, link.MasterIndex, link.Group));
        Assert.Equal((OperationalState.Up, true, true), (link.OperationalState, link.HasCarrier, link.IsUp));
        Assert.Equal("02:00:00:00:00:01", link.MacAddress.ToString());
        Assert.Equal((5, (int?)3), (link.PeerIndex, link.PeerNamespaceId));
        Assert.Equal(("abc", "veth", "bridge"), (link.Alias, link.Kind, link.PortKind));
        Assert.Equal([1, 2, 3, 4], link.KindData.ToArray());
        Assert.Equal(["longer"], link.AlternativeNames);
        Assert.Null(link.Unknown);
    }

    [Theory]
    [InlineData("0800 0500 02000000", 0)]
    [InlineData("0800 0500 00000000", 0)]
    [InlineData("0800 0500 07000000", 7)]
    [InlineData("0800 0500 02000000 0800 2500 00000000", 2)]
    public void A_link_to_itself_or_to_nothing_has_none_below(string attributes, int expected) =>
        Assert.Equal(expected, Read(Hex("00 00 0100 02000000 00000000 00000000", attributes)).PeerIndex);

    [Fact]
    public void A_hardware_address_of_another_length_is_kept_raw()
    {
        Link link = Read(Hex("00 00 0000 02000000 00000000 00000000", "1400 0100 000102030405060708090a0b0c0d0e0f"));

        Assert.Null(link.MacAddress);
        Assert.Equal((int)IFLA.IFLA_ADDRESS, Assert.Single(link.Unknown!).Type);
    }

    private static MacAddress Mac(string text)
    {
        Assert.True(MacAddress.TryParse(text, out MacAddress mac));
        return mac;
    }

    private static Link Read(string hex)
    {
        MessageReader reader = new(Datagram(RTM.RTM_NEWLINK, hex));
        Assert.True(reader.MoveNext());
        return LinkMessage.Read(reader.Current);
    }
}
