using System.Text.Json;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Testing;
using Xunit;
using static EgressNet.Netlink.Tests.Kernel.Rig;

namespace EgressNet.Netlink.Tests.Kernel;

public sealed class RouteTests
{
    public static readonly TheoryData<string, string, string> Families = new()
    {
        { "10.0.0.0/8", "192.0.2.9", "192.0.2.10" },
        { "fd00:8::/64", "fd00::9", "fd00::10" },
    };

    [Fact]
    public void What_is_written_here_is_what_ip_shows()
    {
        using Rig rig = WithVeth(out int index);
        rig.Connection.Routes.Write(new Route
        {
            Destination = Prefix("10.0.0.0/8"),
            Gateway = Address("192.0.2.9"),
            InterfaceIndex = index,
            Metric = 5,
            PreferredSource = Address("192.0.2.1"),
            Table = 300,
            Protocol = RouteProtocol.Static,
            TypeOfService = 8,
            Metrics = new RouteMetrics { [RouteMetric.Mtu] = 1400 },
        });

        JsonElement ip = Assert.Single(rig.Ns.IpJson("route show table 300").EnumerateArray());
        Assert.Equal(
            ("10.0.0.0/8", "192.0.2.9", "v0", "static", "192.0.2.1", 5),
            (ip.GetProperty("dst").GetString(), ip.GetProperty("gateway").GetString(), ip.GetProperty("dev").GetString(),
                ip.GetProperty("protocol").GetString(), ip.GetProperty("prefsrc").GetString(), ip.GetProperty("metric").GetInt32()));
        Assert.Equal(1400, ip.GetProperty("metrics")[0].GetProperty("mtu").GetInt32());
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void What_the_kernel_would_install_as_something_else_is_not_sent(string prefix, string gateway, string other)
    {
        using Rig rig = WithVeth(out int index);
        int before = rig.Connection.Routes.List().Count();
        Route good = new() { Destination = Prefix(prefix), Gateway = Address(gateway), InterfaceIndex = index };
        InetAddress wrong = Address(good.Family == AddressFamily.IPv4 ? "::ffff:192.0.2.9" : "192.0.2.9");
        Route[] bad =
        [
            good with { Type = RouteType.Unspecified },
            good with { Table = 0 },
            good with { Destination = new InetPrefix(good.Gateway, 24) },
            good with { Destination = new InetPrefix(good.Destination.Address, 129) },
            good with { PreferredSource = wrong },
            good with { Gateway = default, NextHops = [new NextHop { Gateway = Address(other), Weight = 257 }] },
            good with { Gateway = default, NextHops = [new NextHop { Gateway = Address(other), Weight = 0 }] },
        ];

        Assert.All(bad, route => Assert.Throws<ArgumentException>(() => rig.Connection.Routes.Write(route)));
        Assert.Equal(before, rig.Connection.Routes.List().Count());
    }

    [Fact]
    public void A_deletion_with_host_bits_does_not_take_the_network()
    {
        using Rig rig = WithVeth(out int index);
        Route route = new() { Destination = Prefix("fd00:8::/64"), InterfaceIndex = index };
        rig.Connection.Routes.Write(route);
        using NetlinkBatch batch = rig.Connection.CreateBatch();

        Assert.Throws<ArgumentException>(() => rig.Connection.Routes.Delete(route with { Destination = Prefix("fd00:8::1/64") }));
        Assert.Throws<ArgumentException>(() => batch.Delete(route with { Destination = Prefix("fd00:8::1/64") }));
        Assert.Contains(rig.Connection.Routes.List(), each => each.Destination == route.Destination);
    }

    [Fact]
    public void An_IPv4_gateway_carries_no_IPv6_route()
    {
        using Rig rig = WithVeth(out int index);
        Route route = new() { Destination = Prefix("fd00:8::/64"), Gateway = Address("192.0.2.9"), InterfaceIndex = index };

        Assert.Throws<ArgumentException>(() => rig.Connection.Routes.Write(route));
    }

    [Fact]
    public void The_default_scope_is_what_ip_would_choose()
    {
        using Rig rig = WithVeth(out int index);
        foreach (string arguments in new[]
        {
            "10.1.0.0/16 dev v0", "10.2.0.0/16 via 192.0.2.9", "local 10.3.0.0/16 dev lo", "broadcast 10.4.0.1 dev v0",
        })
        {
            rig.Ns.Ip("route add " + arguments);
        }

        Assert.All(rig.Connection.Routes.List().Where(route => route.Protocol == RouteProtocol.Boot), route =>
            Assert.Equal(route.Scope, Route.ScopeFor(route.Destination, route.Type, !route.Gateway.IsNone)));
        Assert.Equal(101, Errno(() => rig.Connection.Routes.Write(new Route
        {
            Destination = Prefix("10.5.0.0/16"),
            Gateway = Address("192.0.2.9"),
            InterfaceIndex = index,
            Scope = RouteScope.Link,
        })));
    }

    [Fact]
    public void A_gateway_off_the_link_is_refused_unless_told_onlink()
    {
        using Rig rig = WithVeth(out int index);
        Route four = new() { Destination = Prefix("10.0.0.0/8"), Gateway = Address("203.0.113.1"), InterfaceIndex = index };
        Route six = new() { Destination = Prefix("fd00:8::/64"), Gateway = Address("fd00:99::1"), InterfaceIndex = index };

        Assert.Equal(101, Errno(() => rig.Connection.Routes.Write(four)));
        Assert.Equal(113, Errno(() => rig.Connection.Routes.Write(six)));
        rig.Connection.Routes.Write(four with { Flags = RouteFlags.OnLink });
        rig.Connection.Routes.Write(six with { Flags = RouteFlags.OnLink });
        Assert.Equal("onlink", rig.Ns.IpJson("route show 10.0.0.0/8")[0].GetProperty("flags")[0].GetString());
        Assert.Equal("onlink", rig.Ns.IpJson("-6 route show fd00:8::/64")[0].GetProperty("flags")[0].GetString());
        Assert.Equal(22, Errno(() => rig.Connection.Routes.Write(six with { Gateway = Address("fe80::1"), InterfaceIndex = 0 })));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Each_verb_means_the_same_in_both_families(string prefix, string gateway, string other)
    {
        using Rig rig = WithVeth(out int index);
        Route first = new() { Destination = Prefix(prefix), Gateway = Address(gateway), InterfaceIndex = index, Metric = 7 };
        Route second = first with { Gateway = Address(other) };

        Assert.Equal(2, Errno(() => rig.Connection.Routes.Write(first, RouteChange.Change)));
        Assert.Empty(To(rig, prefix));
        rig.Connection.Routes.Write(first);
        Assert.Equal(17, Errno(() => rig.Connection.Routes.Write(first)));
        Assert.Equal(17, Errno(() => rig.Connection.Routes.Write(second)));
        rig.Connection.Routes.Write(second, RouteChange.Change);
        Assert.Equal(second.Gateway, Assert.Single(To(rig, prefix)).Gateway);
        rig.Connection.Routes.Write(first, RouteChange.Replace);
        Assert.Equal(first.Gateway, Assert.Single(To(rig, prefix)).Gateway);
        rig.Connection.Routes.Write(first with { Metric = 8 }, RouteChange.Replace);
        Assert.Equal([7u, 8u], To(rig, prefix).Select(route => route.Metric).Order());
    }

    [Fact]
    public void Append_is_a_second_route_in_IPv4_and_a_second_hop_in_IPv6()
    {
        using Rig rig = WithVeth(out int index);
        foreach (TheoryDataRow<string, string, string> family in Families)
        {
            (string prefix, string gateway, string other) = family.Data;
            Route first = new() { Destination = Prefix(prefix), Gateway = Address(gateway), InterfaceIndex = index };
            rig.Connection.Routes.Write(first);
            rig.Connection.Routes.Write(first with { Gateway = Address(other) }, RouteChange.Append);
        }

        Assert.Equal(2, To(rig, "10.0.0.0/8").Length);
        Route six = Assert.Single(To(rig, "fd00:8::/64"));
        Assert.Equal(["fd00::9", "fd00::10"], six.NextHops!.Select(hop => hop.Gateway.ToString()));
        rig.Connection.Routes.Delete(six);
        Assert.Empty(To(rig, "fd00:8::/64"));
    }

    [Fact]
    public void IPv6_has_a_metric_by_itself_and_IPv4_has_none()
    {
        using Rig rig = WithVeth(out int index);
        rig.Connection.Routes.Write(new Route { Destination = Prefix("10.0.0.0/8"), InterfaceIndex = index });
        rig.Connection.Routes.Write(new Route { Destination = Prefix("fd00:8::/64"), InterfaceIndex = index });

        Assert.Equal((0u, 1024u), (To(rig, "10.0.0.0/8")[0].Metric, To(rig, "fd00:8::/64")[0].Metric));
    }

    [Fact]
    public void Exactly_the_route_given_is_deleted_among_its_likes()
    {
        using Rig rig = WithVeth(out _);
        foreach (string kind in new[]
        {
            "via 192.0.2.9", "via 192.0.2.9 metric 100", "via 192.0.2.10 metric 200", "via 192.0.2.9 metric 300 proto static",
            "dev v0 metric 400", "via 192.0.2.9 tos 0x08", "via 192.0.2.9 table 300", "dev v1 metric 500 scope host",
        })
        {
            rig.Ns.Ip("route add 10.0.0.0/8 " + kind);
        }

        rig.Ns.Ip("route append 10.0.0.0/8 via 192.0.2.11 metric 200");
        rig.Ns.Ip("route append unreachable 10.0.0.0/8 metric 200");
        Route[] all = To(rig, "10.0.0.0/8");
        Assert.Equal(10, all.Length);

        foreach (Route route in all)
        {
            Route[] before = To(rig, "10.0.0.0/8");
            rig.Connection.Routes.Delete(route);
            Assert.Equal(before.Except([route]), To(rig, "10.0.0.0/8"));
            Assert.Equal(3, Errno(() => rig.Connection.Routes.Delete(route with { Metric = route.Metric + 1 })));
        }
    }

    [Fact]
    public void A_source_that_is_not_ours_is_refused()
    {
        using Rig rig = WithVeth(out int index);
        Route route = new() { Destination = Prefix("10.0.0.0/8"), InterfaceIndex = index };

        Assert.Equal(22, Errno(() => rig.Connection.Routes.Write(route with { PreferredSource = Address("192.0.2.77") })));
    }

    [Fact]
    public void A_tos_with_ECN_bits_is_refused()
    {
        using Rig rig = WithVeth(out int index);
        if (Tool.Try("ip", "-n", rig.Ns.Name, "route", "add", "10.1.0.0/16", "dev", "v0", "tos", "3").IsSuccess)
        {
            Assert.Skip("This kernel, as Linux 5.10, takes any type of service.");
        }

        Route route = new() { Destination = Prefix("10.0.0.0/8"), InterfaceIndex = index, TypeOfService = 3 };
        Assert.Equal(22, Errno(() => rig.Connection.Routes.Write(route)));
    }

    [Fact]
    public void An_absent_nexthop_is_refused_a_deleted_one_takes_its_routes()
    {
        using Rig rig = WithVeth(out _);
        rig.Ns.Ip("nexthop add id 7 via 192.0.2.9 dev v0");
        Route route = new() { Destination = Prefix("10.0.0.0/8"), NextHopId = 7 };

        Assert.Equal(22, Errno(() => rig.Connection.Routes.Write(route with { NextHopId = 8 })));
        rig.Connection.Routes.Write(route);
        Assert.Equal(7, rig.Ns.IpJson("route show 10.0.0.0/8")[0].GetProperty("nhid").GetInt32());
        rig.Ns.Ip("nexthop del id 7");
        Assert.Empty(To(rig, "10.0.0.0/8"));
    }

    [Fact]
    public void A_link_that_goes_down_takes_its_routes_and_takes_no_new_ones()
    {
        using Rig rig = WithVeth(out int index);
        Route route = new() { Destination = Prefix("10.0.0.0/8"), InterfaceIndex = index };
        rig.Connection.Routes.Write(route);
        rig.Connection.Links.Set(rig.IndexOf("v1"), new LinkChange { Up = false });
        Eventually.True(() => To(rig, "10.0.0.0/8")[0].Flags.HasFlag(RouteFlags.LinkDown));

        rig.Connection.Links.Set(index, new LinkChange { Up = false });
        Assert.Empty(To(rig, "10.0.0.0/8"));
        Assert.Equal(100, Errno(() => rig.Connection.Routes.Write(route)));
        rig.Connection.Links.Set(index, new LinkChange { Up = true });
        Assert.Empty(To(rig, "10.0.0.0/8"));
    }

    [Theory]
    [InlineData("10.0.0.7", "10.0.0.0/8", "192.0.2.9", "192.0.2.1")]
    [InlineData("fd00:8::7", "fd00:8::/64", "fd00::9", "fd00::1")]
    public void A_look_up_gives_the_way_and_the_entry_it_came_from(string to, string prefix, string gateway, string source)
    {
        using Rig rig = WithVeth(out int index);
        rig.Ns.Ip($"route add {prefix} via {gateway} metric 9");

        Route way = rig.Connection.Routes.Lookup(Address(to));
        Assert.Equal((InetPrefix.Host(Address(to)), gateway, index), (way.Destination, $"{way.Gateway}", way.InterfaceIndex));
        Assert.Equal((source, RouteTable.Main), ($"{way.PreferredSource}", way.Table));
        Route entry = rig.Connection.Routes.Lookup(Address(to), asStored: true);
        Assert.Equal((prefix, 9u), ($"{entry.Destination}", entry.Metric));
    }

    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.1")]
    [InlineData("fd00:8::/64", "fd00:8::1")]
    public void A_look_up_without_a_way_is_told_by_errno(string prefix, string to)
    {
        using Rig rig = WithVeth(out _);
        Assert.Equal(101, Errno(() => rig.Connection.Routes.Lookup(Address(to))));
        foreach ((string type, int errno) in new[] { ("blackhole", 22), ("prohibit", 13), ("unreachable", 113), ("throw", 101) })
        {
            rig.Ns.Ip($"route replace {type} {prefix}");
            Assert.Equal(errno, Errno(() => rig.Connection.Routes.Lookup(Address(to))));
        }
    }

    [Fact]
    public void A_list_is_of_what_its_filter_says()
    {
        using Rig rig = WithVeth(out int index);
        rig.Ns.Ip("route add 10.1.0.0/16 via 192.0.2.9 table 300 proto static");
        rig.Ns.Ip("route add blackhole 10.2.0.0/16 table 300");
        rig.Ns.Ip("route add 10.3.0.0/16 nexthop via 192.0.2.9 nexthop dev v1");
        rig.Ns.Ip("route add fd00:8::/64 via fd00::9 table 44");

        Assert.Equal(["10.1.0.0/16", "10.2.0.0/16"], Listed(new RouteFilter { Table = 300 }));
        Assert.Equal(["fd00:8::/64"], Listed(new RouteFilter { Table = 44 }));
        Assert.Equal(["10.1.0.0/16"], Listed(new RouteFilter { Protocol = RouteProtocol.Static }));
        Assert.Equal(["10.2.0.0/16"], Listed(new RouteFilter { Type = RouteType.Blackhole }));
        Assert.Contains("10.3.0.0/16", Listed(new RouteFilter { InterfaceIndex = rig.IndexOf("v1"), Table = RouteTable.Main }));
        Assert.Contains("192.0.2.0/24", Listed(new RouteFilter { InterfaceIndex = index, Family = AddressFamily.IPv4 }));
        Assert.DoesNotContain("fd00::/64", Listed(new RouteFilter { Family = AddressFamily.IPv4 }));

        string[] Listed(RouteFilter filter) =>
            [.. rig.Connection.Routes.List(filter).Select(route => route.Destination.ToString())];
    }

    [Theory]
    [InlineData(AddressFamily.IPv4)]
    [InlineData(AddressFamily.IPv6)]
    [InlineData(AddressFamily.Unspecified)]
    public void An_absent_table_or_interface_always_gives_an_empty_list(AddressFamily family)
    {
        using Rig rig = WithVeth(out _);
        for (int i = 0; i < 3; i++)
        {
            Assert.Empty(rig.Connection.Routes.List(new RouteFilter { Family = family, Table = 9999 }));
            Assert.Empty(rig.Connection.Routes.List(new RouteFilter { Family = family, InterfaceIndex = 4242 }));
        }

        Assert.NotEmpty(rig.Connection.Routes.List());
    }

    [Fact]
    public void A_route_is_read_back_in_the_exchange_that_writes_it()
    {
        using Rig rig = WithVeth(out int index);
        RouteOperations routes = rig.Connection.Routes;
        Route four = routes.WriteAndRead(new() { Destination = Prefix("10.0.0.0/8"), Gateway = Address("192.0.2.9") });
        Route six = routes.WriteAndRead(new() { Destination = Prefix("fd00:8::/64"), InterfaceIndex = index });

        Assert.Equal((index, RouteProtocol.Boot), (four.InterfaceIndex, four.Protocol));
        Assert.Equal(four, To(rig, "10.0.0.0/8")[0]);
        Assert.Equal(six, To(rig, "fd00:8::/64")[0]);
    }

    private static Route[] To(Rig rig, string prefix) =>
        [.. rig.Connection.Routes.List().Where(route => route.Destination == Prefix(prefix))];
}
