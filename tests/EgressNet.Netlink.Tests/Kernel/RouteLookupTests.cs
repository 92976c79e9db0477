using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using Xunit;
using static EgressNet.Netlink.Tests.Kernel.Rig;

namespace EgressNet.Netlink.Tests.Kernel;

public sealed class RouteLookupTests
{
    [Theory]
    [InlineData("203.0.113.9", "")]
    [InlineData("fd00:9::1", "")]
    [InlineData("203.0.113.9", "mark 5")]
    [InlineData("fd00:9::1", "mark 5")]
    [InlineData("203.0.113.9", "uid 1234")]
    [InlineData("fd00:9::1", "uid 1234")]
    [InlineData("203.0.113.9", "from 192.0.2.1")]
    [InlineData("fd00:9::1", "from fd00::1")]
    [InlineData("203.0.113.9", "oif v1")]
    [InlineData("203.0.113.9", "from 198.51.100.7 iif v1")]
    [InlineData("fd00:9::1", "from fd00:1::7 iif v1")]
    public void The_way_is_that_of_ip(string to, string packet)
    {
        using Rig rig = Crossroads();
        rig.Ns.Set("ipv4.ip_forward=1", "ipv4.conf.all.rp_filter=0", "ipv4.conf.v1.rp_filter=0", "ipv6.conf.all.forwarding=1");
        RouteLookup asked = Parse(rig, to, packet);
        string ip = rig.Ns.Ip($"route get {to} {packet}").Split('\n')[0];

        Route found = rig.Connection.Routes.Lookup(asked);
        Assert.Contains($" dev {NameOf(rig, found.InterfaceIndex)} ", $"{ip} ");
        Assert.Equal(!found.Gateway.IsNone, ip.Contains($" via {found.Gateway} "));
        if (asked.IncomingIndex == 0 && asked.Source.IsNone)
        {
            Assert.Contains($" src {found.PreferredSource} ", $"{ip} ");
        }
    }

    [Theory]
    [InlineData("203.0.113.9", "")]
    [InlineData("fd00:9::1", "")]
    [InlineData("203.0.113.9", "mark 5")]
    [InlineData("fd00:9::1", "mark 5")]
    [InlineData("192.0.2.77", "")]
    [InlineData("192.0.2.1", "")]
    [InlineData("10.9.0.1", "")]
    public void What_is_stored_is_in_the_list(string to, string packet)
    {
        using Rig rig = Crossroads();
        Route stored = rig.Connection.Routes.Lookup(Parse(rig, to, packet) with { AsStored = true });
        Assert.Contains(stored, rig.Connection.Routes.List(new RouteFilter { Table = stored.Table }));
    }

    [Fact]
    public void What_is_stored_can_be_deleted()
    {
        using Rig rig = Crossroads();
        RouteLookup packet = Parse(rig, "203.0.113.9", "mark 5") with { AsStored = true };
        rig.Connection.Routes.Delete(rig.Connection.Routes.Lookup(packet));
        Assert.Empty(rig.Ns.Ip("route show table 100"));
        Assert.Equal(RouteTable.Main, rig.Connection.Routes.Lookup(packet).Table);
    }

    // Of what is dropped by its source, younger kernels say EINVAL.
    [Theory]
    [InlineData("from 198.51.100.7 iif v1", "ipv4.conf.v1.forwarding=0", "EHOSTUNREACH")]
    [InlineData("from 203.0.113.7 iif v1", "ipv4.conf.v1.rp_filter=1", "EXDEV EINVAL")]
    public void What_comes_in_is_refused_for_its_own_reasons(string packet, string setting, string expected)
    {
        using Rig rig = Crossroads();
        rig.Ns.Set("ipv4.ip_forward=1", setting);
        RouteLookup asked = Parse(rig, "203.0.113.9", packet);
        Assert.Contains(Assert.Throws<NetlinkException>(() => rig.Connection.Routes.Lookup(asked)).ErrnoName, expected);
    }

    // Two tables: what is marked 5, or of user 1234, goes by the other one.
    private static Rig Crossroads()
    {
        Rig rig = WithVeth(out _);
        rig.Ns.IpBatch(
            "address add 198.51.100.1/24 dev v1",
            "address add fd00:1::1/64 dev v1 nodad",
            "route add default via 192.0.2.9",
            "route add default via fd00::9",
            "route add 10.9.0.0/16 nexthop via 192.0.2.9 nexthop via 198.51.100.9",
            "route add 203.0.113.0/24 via 198.51.100.9 table 100 proto static metric 7",
            "route add fd00:9::/64 via fd00:1::9 table 100",
            "rule add fwmark 5 table 100",
            "rule add uidrange 1234-1234 table 100");
        rig.Ns.Ip("-6 rule add fwmark 5 table 100");
        rig.Ns.Ip("-6 rule add uidrange 1234-1234 table 100");
        return rig;
    }

    private static RouteLookup Parse(Rig rig, string to, string packet)
    {
        string[] words = packet.Split(' ');
        string? After(string word) => words.SkipWhile(each => each != word).Skip(1).FirstOrDefault();
        return new RouteLookup
        {
            Destination = Address(to),
            Source = After("from") is { } source ? Address(source) : default,
            InterfaceIndex = After("oif") is { } leaving ? rig.IndexOf(leaving) : 0,
            IncomingIndex = After("iif") is { } incoming ? rig.IndexOf(incoming) : 0,
            Mark = After("mark") is { } mark ? uint.Parse(mark) : null,
            UserId = After("uid") is { } user ? uint.Parse(user) : null,
        };
    }

    private static string NameOf(Rig rig, int index) => rig.Connection.Links.Get(index).Name;
}
