using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Wire;
using Xunit;
using static EgressNet.Netlink.Tests.Wire.Encoded;

namespace EgressNet.Netlink.Tests.Wire;

/// <summary>Expected bytes are those that <c>ip address</c> sends, and IFA_FLAGS, which we always send.</summary>
public sealed class AddressBytesTests
{
    [Fact]
    public void IPv4_names_itself_as_local_and_as_address() =>
        // ip address add 169.254.172.5/22 dev cv0
        RoundTrip(Plain("169.254.172.5/22"), Hex(
            "02 16 00 00 03000000", "0800 0200 a9feac05", "0800 0100 a9feac05", "0800 0800 00000000"));

    [Fact]
    public void A_peer_goes_as_address_and_the_label_with_its_NUL() =>
        // ip address add 10.9.0.1 peer 10.9.0.2/30 dev cv0 label cv0:x
        RoundTrip(
            Plain("10.9.0.1/30") with { Peer = InetAddress.Parse("10.9.0.2"), Label = "cv0:x" },
            Hex(
                "02 1e 00 00 03000000", "0800 0200 0a090001", "0800 0100 0a090002", "0a00 0300 6376303a7800 0000",
                "0800 0800 00000000"));

    [Fact]
    public void IPv6_names_itself_as_address_alone_and_its_flags_twice() =>
        // ip address add fd00::5/128 dev cv0 nodad
        RoundTrip(
            Plain("fd00::5/128") with { Flags = AddressFlags.NoDad },
            Hex("0a 80 02 00 03000000", "1400 0100 fd000000000000000000000000000005", "0800 0800 02000000"));

    [Fact]
    public void Flags_over_255_go_in_the_attribute_only() =>
        RoundTrip(
            Plain("fd00::5/64") with { Flags = AddressFlags.NoDad | AddressFlags.NoPrefixRoute },
            Hex("0a 40 02 00 03000000", "1400 0100 fd000000000000000000000000000005", "0800 0800 02020000"));

    [Fact]
    public void IPv6_with_a_peer_names_itself_as_local() =>
        RoundTrip(
            Plain("fd00::5/128") with { Peer = InetAddress.Parse("fd00::6") },
            Hex(
                "0a 80 00 00 03000000", "1400 0200 fd000000000000000000000000000005",
                "1400 0100 fd000000000000000000000000000006", "0800 0800 00000000"));

    [Fact]
    public void Broadcast_scope_lifetimes_metric_and_protocol() =>
        RoundTrip(
            Plain("10.0.0.1/24") with
            {
                Broadcast = InetAddress.Parse("10.0.0.255"),
                Scope = RouteScope.Link,
                ValidSeconds = 600,
                PreferredSeconds = 300,
                RouteMetric = 50,
                Protocol = 9,
            },
            Hex(
                "02 18 00 fd 03000000", "0800 0200 0a000001", "0800 0100 0a000001", "0800 0400 0a0000ff",
                "0800 0800 00000000", "1400 0600 2c010000 58020000 00000000 00000000", "0800 0900 32000000",
                "0500 0b00 09 000000"));

    [Fact]
    public void A_longer_lifetime_struct_of_a_later_kernel_is_read() =>
        Assert.Equal(600u, Read(Hex(
            "02 18 00 00 03000000", "0800 0200 0a000001",
            "1c00 0600 2c010000 58020000 00000000 00000000 ffffffff ffffffff")).ValidSeconds);

    [Fact]
    public void A_shorter_lifetime_struct_of_an_earlier_kernel_is_read() =>
        Assert.Equal(
            300u,
            Read(Hex("02 18 00 00 03000000", "0800 0200 0a000001", "0800 0600 2c010000")).PreferredSeconds);

    [Fact]
    public void Attributes_unknown_here_are_kept_and_written_back()
    {
        string bytes = Hex(
            "02 18 80 00 03000000", "0800 0200 0a000001", "0800 0100 0a000001", "0800 0800 80000000", "0600 6300 aabb 0000");

        Assert.Equal(bytes, Encoded.Address(Read(bytes)));
    }

    private static InterfaceAddress Plain(string prefix) =>
        new() { Local = InetPrefix.Parse(prefix), InterfaceIndex = 3 };

    private static void RoundTrip(InterfaceAddress address, string hex)
    {
        Assert.Equal(hex, Encoded.Address(address));
        Assert.Equal(address, Read(hex));
    }

    private static InterfaceAddress Read(string hex)
    {
        MessageReader reader = new(Datagram(RTM.RTM_NEWADDR, hex));
        Assert.True(reader.MoveNext());
        Assert.True(AddressMessage.TryRead(reader.Current, out InterfaceAddress address));
        return address;
    }
}
