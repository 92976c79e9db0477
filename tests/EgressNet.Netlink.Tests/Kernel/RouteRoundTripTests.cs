using System.Text.Json;
using System.Text.RegularExpressions;
using CliWrap.Buffered;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Testing;
using Xunit;
using static EgressNet.Netlink.Tests.Kernel.Rig;

namespace EgressNet.Netlink.Tests.Kernel;

/// <summary>Every route that <c>ip</c> can create reads, goes by its record, and comes back the same.</summary>
public sealed partial class RouteRoundTripTests
{
    private const string NextHopObject = "nexthop add id 7 via 192.0.2.9 dev v0";

    /// <summary>Arguments of <c>ip route add</c>; before a bar, another command that has to come first.</summary>
    public static readonly TheoryData<string> Kinds =
    [
        "default via 192.0.2.9",
        "default dev v0",
        "default via 192.0.2.9 metric 100",
        "default via 192.0.2.9 table 300",
        "default via fe80::9 dev v0",
        "default via fd00::9 metric 77",
        "-6 default dev v0",
        "10.0.0.0/8 via 192.0.2.9",
        "10.0.0.0/8 dev v0",
        "10.0.0.0/8 dev v0 scope global",
        "10.0.0.0/8 dev v0 scope host",
        "10.0.0.0/8 dev v0 scope site",
        "10.0.0.0/8 via 192.0.2.9 src 192.0.2.1",
        "10.0.0.0/8 via 192.0.2.9 metric 300",
        "10.0.0.0/8 via 192.0.2.9 proto static",
        "10.0.0.0/8 via 192.0.2.9 proto 222",
        "10.0.0.0/8 via 192.0.2.9 tos 0x10",
        "10.0.0.0/8 via 192.0.2.9 table 300",
        "10.0.0.0/8 via 192.0.2.9 table 4294967295",
        "10.0.0.0/8 via 192.0.2.9 table 1",
        "10.0.0.0/8 via 203.0.113.1 dev v0 onlink",
        "10.0.0.0/8 via inet6 fe80::9 dev v0",
        "10.0.0.0/8 via inet6 fd00::9 dev v0 onlink",
        "10.0.0.0/8 via 192.0.2.9 mtu 1400",
        "10.0.0.0/8 via 192.0.2.9 mtu lock 1400 advmss 1360 window 1000 rtt 20ms rttvar 10ms ssthresh 5 cwnd 9",
        "10.0.0.0/8 via 192.0.2.9 initcwnd 10 initrwnd 20 hoplimit 33 quickack 1 features ecn rto_min 50ms",
        "10.0.0.0/8 via 192.0.2.9 reordering 4 fastopen_no_cookie 1 congctl reno",
        "10.0.0.0/8 via 192.0.2.9 congctl lock cubic",
        "10.0.0.0/8 via 192.0.2.9 realms 3/4",
        "10.0.0.0/8 nexthop via 192.0.2.9 weight 3 nexthop via 192.0.2.10",
        "10.0.0.0/8 nexthop via 192.0.2.9 nexthop dev v1",
        "10.0.0.0/8 nexthop via 203.0.113.1 dev v0 onlink nexthop via inet6 fe80::9 dev v0 weight 256",
        "10.0.0.0/8 mtu 1400 nexthop via 192.0.2.9 nexthop via 192.0.2.10",
        $"{NextHopObject} | 10.0.0.0/8 nhid 7",
        $"{NextHopObject} | 10.0.0.0/8 nhid 7 metric 5 table 300",
        "nexthop add id 8 via 203.0.113.1 dev v0 onlink | 10.0.0.0/8 nhid 8",
        $"{NextHopObject} | nexthop add id 6 via 192.0.2.10 dev v0 | nexthop add id 9 group 6,2/7 | 10.0.0.0/8 nhid 9",
        "nexthop add id 5 blackhole | 10.0.0.0/8 nhid 5",
        "-6 nexthop add id 5 blackhole | fd00:8::/64 nhid 5",
        "nexthop add id 4 via fd00::9 dev v0 | fd00:8::/64 nhid 4",
        "nexthop add id 4 via fd00::9 dev v0 | 10.0.0.0/8 nhid 4",
        "blackhole 10.0.0.0/8",
        "unreachable 10.0.0.0/8 metric 4278198272",
        "prohibit 10.0.0.0/8",
        "throw 10.0.0.0/8 table 300",
        "local 10.0.0.0/8 dev lo",
        "broadcast 10.0.0.255 dev v0",
        "multicast 239.0.0.0/8 dev v0",
        "anycast 10.0.0.1 dev v0",
        "10.0.0.1/32 dev v0 src 192.0.2.1",
        "fd00:8::/64 via fd00::9",
        "fd00:8::/64 dev v0",
        "fd00:8::/64 dev v0 metric 1",
        "fd00:8::/64 via fe80::9 dev v0 src fd00::1 proto bgp",
        "fd00:8::/64 via fd00:99::1 dev v0 onlink",
        "fd00:8::/64 via fd00::9 table 300",
        "fd00:8::/64 via fd00::9 expires 5050",
        "fd00:8::/64 via fd00::9 pref high",
        "fd00:8::/64 via fd00::9 pref low",
        "fd00:8::/64 via fd00::9 mtu 1400 hoplimit 9",
        "fd00:8::/64 nexthop via fd00::9 weight 3 nexthop via fd00::10",
        "fd00:8::/64 nexthop via fe80::9 dev v0 nexthop via fe80::10 dev v1",
        "fd00:8::/64 from fd00:7::/64 via fd00::9",
        "blackhole fd00:8::/64",
        "unreachable fd00:8::/64",
        "prohibit fd00:8::/64 metric 9",
        "throw fd00:8::/64 table 300",
        "local fd00:8::1 dev lo",
        "anycast fd00:8::1 dev v0",
        "multicast ff0e::/16 dev v0",
        "10.0.0.0/8 encap ip id 5 dst 192.0.2.7 ttl 9 dev v0",
        "10.0.0.0/8 encap mpls 100/200 via 192.0.2.9",
        "fd00:8::/64 encap ip6 id 5 dst fd00::7 dev v0",
        "fd00:8::/64 encap seg6 mode encap segs fd00::3 dev v0",
        "10.0.0.0/8 via 192.0.2.9 ttl-propagate enabled",
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_route_added_by_ip_is_read_deleted_and_restored_the_same(string arguments)
    {
        using Rig rig = WithVeth(out _);
        string[] commands = arguments.Split('|', StringSplitOptions.TrimEntries);
        foreach (string command in commands[..^1])
        {
            rig.Ns.Ip(command);
        }

        Route[] others = All(rig);
        AddOrSkip(rig, commands[^1]);
        string created = Dump(rig);
        Route route = Assert.Single(All(rig), each => !others.Contains(each));

        rig.Connection.Routes.Delete(route);
        Assert.Equal(others, All(rig));
        rig.Connection.Routes.Write(route);
        Assert.Equal(created, Dump(rig));
        Route again = All(rig).Single(each => !others.Contains(each));
        Assert.Equal(route with { ExpiresAfterSeconds = 0 }, again with { ExpiresAfterSeconds = 0 });

        using NetlinkBatch batch = rig.Connection.CreateBatch();
        batch.Delete(route);
        batch.Write(route);
        Assert.Empty(batch.Complete());
        Assert.Equal(created, Dump(rig));
    }

    private static void AddOrSkip(Rig rig, string arguments)
    {
        string family = arguments.StartsWith("-6 ", StringComparison.Ordinal) ? "-6" : "";
        string command = $"-n {rig.Ns.Name} {family} route add {arguments[family.Length..]}";
        BufferedCommandResult added = Tool.Try("ip", command.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (added.StandardError.Contains("not supported", StringComparison.OrdinalIgnoreCase)
            || added.StandardError.Contains("lwt encapsulation type not", StringComparison.OrdinalIgnoreCase)
            || added.StandardError.Contains("Enable CONFIG", StringComparison.OrdinalIgnoreCase)
            || added.StandardError.Contains("CONFIG_", StringComparison.OrdinalIgnoreCase))
        {
            Assert.Skip($"This kernel has no such routes: {added.StandardError.Trim()}");
        }

        Assert.True(added.IsSuccess, added.StandardError);
    }

    // Routes that the kernel makes for IPv6 link-local and multicast come in its own time.
    private static Route[] All(Rig rig) =>
        [.. rig.Connection.Routes.List().Where(route =>
            route.Destination.ToString() is var to && !to.StartsWith("fe80:", StringComparison.Ordinal) && to != "ff00::/8"
            && route.Table != RouteTable.Local | route.Protocol != RouteProtocol.Kernel)];

    private static string Dump(Rig rig) => string.Join('\n',
        new[] { "-4", "-6" }
            .SelectMany(family => rig.Ns.IpJson($"{family} route show table all").EnumerateArray())
            .Select(route => Volatile().Replace(route.ToString(), ""))
            .Where(route =>
                !route.Contains("\"fe80:", StringComparison.Ordinal)
                || !route.Contains("\"kernel\"", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));

    // What changes with time alone: seconds to go, and a device's state.
    [GeneratedRegex("\"expires\":[0-9]+,?")]
    private static partial Regex Volatile();
}
