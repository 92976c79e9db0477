using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Wire;
using Xunit;
using static EgressNet.Netlink.Tests.Wire.Encoded;

namespace EgressNet.Netlink.Tests.Wire;

/// <summary>Expected bytes are those that <c>ip route</c> sends for the command named, in our order of attributes.</summary>
public sealed class RouteBytesTests
{
    private const string ToTenOne = "0800 0100 0a010000";
    private const string OutOf3 = "0800 0400 03000000";

    [Fact]
    public void Gateway_source_metric_and_a_table_over_255()
    {
        // ip route add 10.1.0.0/16 via 169.254.172.1 dev cv0 src 169.254.172.5 metric 300 table 300
        Route route = Unicast("10.1.0.0/16") with
        {
            Gateway = Inet("169.254.172.1"),
            PreferredSource = Inet("169.254.172.5"),
            Metric = 300,
            Table = 300,
        };

        RoundTrip(route, Hex(
            "02 10 00 00 00 03 00 01 00000000", ToTenOne, "0800 0f00 2c010000", "0800 0600 2c010000",
            "0800 0700 a9feac05", OutOf3, "0800 0500 a9feac01"));
    }

    [Fact]
    public void Metrics_with_a_lock_and_a_congestion_control()
    {
        // ip route add 10.1.0.0/16 mtu lock 1400 advmss 1360 congctl reno dev cv0; ours ends the name with a NUL.
        Route route = Unicast("10.1.0.0/16") with
        {
            Scope = RouteScope.Link,
            Metrics = new RouteMetrics
            {
                [RouteMetric.Lock] = 1 << (int)RouteMetric.Mtu,
                [RouteMetric.Mtu] = 1400,
                [RouteMetric.AdvertisedMss] = 1360,
                CongestionControl = "reno",
            },
        };

        RoundTrip(route, Hex(
            "02 10 00 00 fe 03 fd 01 00000000", ToTenOne, OutOf3,
            "2800 0880", "0800 0100 04000000", "0800 0200 78050000", "0800 0800 50050000", "0900 1000 72656e6f 00 000000"));
    }

    [Fact]
    public void Two_hops_with_weight_and_onlink()
    {
        // ip route add 10.1.0.0/16 nexthop via 169.254.172.1 dev cv0 weight 2 nexthop via 169.254.172.2 dev cv0 onlink
        Route route = Unicast("10.1.0.0/16") with
        {
            InterfaceIndex = 0,
            NextHops =
            [
                new NextHop { Gateway = Inet("169.254.172.1"), InterfaceIndex = 3, Weight = 2 },
                new NextHop { Gateway = Inet("169.254.172.2"), InterfaceIndex = 3, Flags = RouteFlags.OnLink },
            ],
        };

        RoundTrip(route, Hex(
            "02 10 00 00 fe 03 00 01 00000000", ToTenOne, "2400 0980",
            "1000 00 01 03000000 0800 0500 a9feac01", "1000 04 00 03000000 0800 0500 a9feac02"));
    }

    [Fact]
    public void An_IPv6_gateway_of_an_IPv4_route_goes_as_via()
    {
        // ip route add 10.1.0.0/16 via inet6 fe80::1 dev cv0
        Route route = Unicast("10.1.0.0/16") with { Gateway = Inet("fe80::1") };

        RoundTrip(route, Hex(
            "02 10 00 00 fe 03 00 01 00000000", ToTenOne, OutOf3,
            "1600 1200 0a00 fe800000000000000000000000000001 0000"));
    }

    [Fact]
    public void Hops_of_either_family_and_a_hop_that_is_a_link()
    {
        Route route = Unicast("10.1.0.0/16") with
        {
            InterfaceIndex = 0,
            NextHops =
            [
                new NextHop { Gateway = Inet("fe80::1"), InterfaceIndex = 3, Weight = 256 },
                new NextHop { InterfaceIndex = 4 },
            ],
        };

        RoundTrip(route, Hex(
            "02 10 00 00 fe 03 00 01 00000000", ToTenOne, "2c00 0980",
            "2000 00 ff 03000000 1600 1200 0a00 fe800000000000000000000000000001 0000", "0800 00 00 04000000"));
    }

    [Theory]
    [InlineData("0.0.0.0/0", "02 00 00 00 fe 03 00 01 00000000 0800 0400 03000000")]
    [InlineData("::/0", "0a 00 00 00 fe 03 00 01 00000000 0800 0400 03000000")]
    public void A_default_route_has_no_destination_attribute(string prefix, string bytes) =>
        RoundTrip(Unicast(prefix), Hex(bytes));

    [Theory]
    [InlineData(RouteType.Blackhole, "06")]
    [InlineData(RouteType.Unreachable, "07")]
    [InlineData(RouteType.Prohibit, "08")]
    [InlineData(RouteType.Throw, "09")]
    public void A_reject_route_names_neither_interface_nor_gateway(RouteType type, string code) =>
        RoundTrip(
            Unicast("10.1.0.0/16") with { Type = type, InterfaceIndex = 0 },
            Hex("02 10 00 00 fe 03 00 ", code, " 00000000", ToTenOne));

    [Fact]
    public void A_nexthop_object_stands_for_interface_gateway_and_hops()
    {
        Route route = Unicast("10.1.0.0/16") with { NextHopId = 7, Gateway = Inet("192.0.2.1") };

        Assert.Equal(
            Hex("02 10 00 00 fe 03 00 01 00000000", ToTenOne, "0800 1e00 07000000"),
            Encoded.Route(route));
    }

    [Fact]
    public void IPv6_expiry_preference_and_source()
    {
        Route route = Unicast("fd00::/8") with
        {
            ExpiresAfterSeconds = 600,
            Preference = 3,
            Source = InetPrefix.Parse("fd01::/64"),
        };

        Assert.Equal(
            Hex(
                "0a 08 40 00 fe 03 00 01 00000000",
                "1400 0100 fd000000000000000000000000000000", "1400 0200 fd010000000000000000000000000000",
                "0800 1700 58020000", "0500 1400 03 000000", OutOf3),
            Encoded.Route(route));
    }

    [Fact]
    public void Expiry_is_read_from_ticks_of_a_hundredth_of_a_second() =>
        Assert.Equal(600u, Read(Hex(
            "0a 00 00 00 fe 03 00 01 00000000",
            "2400 0c00 00000000 00000000 60ea0000 00000000 00000000 00000000 00000000 00000000")).ExpiresAfterSeconds);

    [Fact]
    public void State_that_was_read_is_not_written_back()
    {
        Route route = Unicast("10.1.0.0/16") with
        {
            Flags = RouteFlags.Dead | RouteFlags.LinkDown | RouteFlags.OnLink | RouteFlags.Cloned | RouteFlags.Offload,
        };

        Assert.Equal(Hex("02 10 00 00 fe 03 00 01 04000000", ToTenOne, OutOf3), Encoded.Route(route));
    }

    [Fact]
    public void Unknown_attributes_are_written_back_byte_for_byte()
    {
        string bytes = Hex(
            "02 10 00 00 fe 03 00 01 00000000", ToTenOne, OutOf3,
            "0800 0b00 05000000", "0500 e903 aa 000000", "0c00 f483 0800 0100 01020304");
        Route route = Read(bytes);

        Assert.Equal([11, 1001, 1012], route.Unknown!.Select(attribute => attribute.Type));
        Assert.Equal(bytes, Encoded.Route(route));
        Assert.Equal(route, Read(bytes));
        Assert.Equal(route.GetHashCode(), Read(bytes).GetHashCode());
    }

    [Fact]
    public void The_table_attribute_outranks_the_header() =>
        Assert.Equal(300u, Read(Hex("02 00 00 00 fc 03 00 01 00000000", "0800 0f00 2c010000")).Table);

    [Fact]
    public void A_header_cut_short_reads_as_if_padded_with_zeros() =>
        Assert.Equal("0.0.0.0/0", Read("0200").Destination.ToString());

    private static Route Unicast(string prefix) => new() { Destination = InetPrefix.Parse(prefix), InterfaceIndex = 3 };

    private static InetAddress Inet(string text) => InetAddress.Parse(text);

    private static void RoundTrip(Route route, string hex)
    {
        Assert.Equal(hex, Encoded.Route(route));
        Assert.Equal(route, Read(hex));
    }

    private static Route Read(string hex)
    {
        MessageReader reader = new(Datagram(RTM.RTM_NEWROUTE, hex));
        Assert.True(reader.MoveNext());
        Assert.True(RouteMessage.TryRead(reader.Current, out Route route));
        Assert.False(reader.MoveNext());
        return route;
    }
}
