using System.Text.Json;
using CliWrap.Buffered;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Rules;
using EgressNet.Netlink.Transport;
using EgressNet.Testing;
using Xunit;
using static EgressNet.Netlink.Tests.Kernel.Rig;

namespace EgressNet.Netlink.Tests.Kernel;

/// <summary>Every rule that <c>ip</c> can make reads, goes by its record, and comes back the same.</summary>
public sealed class RouteRuleRoundTripTests
{
    /// <summary>Arguments of <c>ip rule add</c>.</summary>
    public static readonly TheoryData<string> Kinds =
    [
        "from 10.0.0.0/8 table 100",
        "from 10.1.2.3/8 table 100 priority 7",
        "from 10.0.0.0/8 to 192.0.2.0/24 table 4294967295 priority 10",
        "to 192.0.2.9 table main priority 10",
        "not from 10.0.0.0/8 table 100 priority 10",
        "iif v0 table 100 priority 10",
        "iif lo table 100 priority 10",
        "oif nowhere table 300 priority 10",
        "fwmark 1 table 100 priority 10",
        "fwmark 0x1/0xff table 100 priority 10",
        "fwmark 0/0xff table 100 priority 10",
        "tos 0x10 table 100 priority 10",
        "ipproto tcp sport 80 dport 1000-2000 table 100 priority 10",
        "uidrange 0-1000 table 100 priority 10",
        "tun_id 77 table 100 priority 10",
        "table main suppress_prefixlength 0 priority 10",
        "table main suppress_ifgroup 5 priority 10",
        "goto 32766 priority 10",
        "goto 99 priority 10",
        "nop priority 10",
        "from 10.2.0.0/16 blackhole priority 10",
        "from 10.2.0.0/16 prohibit priority 10",
        "from 10.2.0.0/16 unreachable priority 10",
        "l3mdev priority 10",
        "table 100 protocol bgp priority 10",
        "table 100 realms 3/4 priority 10",
        "table 100 priority 0",
        "-6 from fd00::/8 table 100",
        "-6 from fd00::/8 to fd01::9 iif v0 fwmark 0x10/0xf0 table 300 priority 10",
        "-6 ipproto 132 dport 9 table 100 priority 10",
        "-6 blackhole priority 10",
        "-6 goto 32766 priority 10",
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_rule_added_by_ip_is_read_deleted_and_restored_the_same(string arguments)
    {
        using Rig rig = WithVeth(out _);
        RouteRule[] others = [.. rig.Connection.RouteRules.List()];
        AddOrSkip(rig, arguments);
        string created = Dump(rig);
        RouteRule read = Assert.Single(rig.Connection.RouteRules.List(), each => !others.Contains(each));

        rig.Connection.RouteRules.Delete(read);
        Assert.Equal(others, rig.Connection.RouteRules.List());
        RouteRule written = rig.Connection.RouteRules.WriteAndRead(read);
        Assert.Equal(read, written);
        Assert.Equal(created, Dump(rig));

        using NetlinkBatch batch = rig.Connection.CreateBatch();
        batch.Delete(read);
        batch.Write(read);
        Assert.Empty(batch.Complete());
        Assert.Equal(created, Dump(rig));
    }

    [Fact]
    public void Ip_reads_what_is_written_here()
    {
        using Rig rig = WithVeth(out _);
        RouteRule written = rig.Connection.RouteRules.WriteAndRead(new RouteRule
        {
            Family = AddressFamily.IPv4, Source = Prefix("10.0.0.0/8"), Mark = 1, MarkMask = 0xff, InputInterface = "v0",
            IPProtocol = 17, DestinationPort = new RuleRange(53, 54), Table = 300, Flags = RouteRuleFlags.Invert,
        });
        Assert.Equal(32765u, written.Priority);
        JsonElement shown = rig.Ns.IpJson("rule show priority 32765").EnumerateArray().Single();
        Assert.Equal(
            """
            {"priority":32765,"not":null,"src":"10.0.0.0","srclen":8,"fwmark":"0x1","fwmask":"0xff","iif":"v0",
            "ipproto":"udp","dport_start":53,"dport_end":54,"table":"300","protocol":"unspec"}
            """.ReplaceLineEndings(""),
            shown.ToString());
    }

    [Fact]
    public void A_DSCP_is_kept_with_all_of_its_bits()
    {
        using Rig rig = WithVeth(out _);
        RouteRule asked = new() { Family = AddressFamily.IPv4, Dscp = 46, Table = 100, Priority = 10 };
        RouteRule written = rig.Connection.RouteRules.WriteAndRead(asked);
        if (written.Dscp is null)
        {
            Assert.Skip("This kernel has no rules by DSCP.");
        }

        Assert.Equal(asked, written);
        rig.Connection.RouteRules.Delete(written);
        Assert.Equal(3, rig.Connection.RouteRules.List(AddressFamily.IPv4).Count);
    }

    [Fact]
    public void What_is_there_and_what_is_not_is_told()
    {
        using Rig rig = WithVeth(out _);
        RouteRule rule = new() { Family = AddressFamily.IPv6, Table = 100, Priority = 10 };
        Assert.Equal((int)Netlink.Errno.ENOENT, Errno(() => rig.Connection.RouteRules.Delete(rule)));
        rig.Connection.RouteRules.WriteAndRead(rule);
        Assert.Equal((int)Netlink.Errno.EEXIST, Errno(() => rig.Connection.RouteRules.WriteAndRead(rule)));
        rig.Connection.RouteRules.WriteAndRead(rule, RouteRuleChange.Append);
        Assert.Equal(2, rig.Connection.RouteRules.List(AddressFamily.IPv6).Count(each => each.Priority == 10));
        Assert.Throws<ArgumentException>(() => rig.Connection.RouteRules.Delete(rule with { Priority = null }));
        Assert.Throws<ArgumentException>(() => rig.Connection.RouteRules.WriteAndRead(rule with { Table = 0 }));
    }

    [Fact]
    public void A_list_that_comes_in_parts_is_whole_and_in_order()
    {
        using Rig rig = WithVeth(out _);
        List<RouteRule> read = [];
        using NetlinkBatch batch = rig.Connection.CreateRouteRuleBatch((_, rule) => read.Add(rule));
        for (uint i = 1; i <= 2_000; i++)
        {
            batch.Write(new RouteRule { Family = AddressFamily.IPv4, Table = i, Priority = i });
        }

        Assert.Empty(batch.Complete());
        Assert.Equal(read, rig.Connection.RouteRules.List(AddressFamily.IPv4).Skip(1).Take(2_000));
    }

    private static void AddOrSkip(Rig rig, string arguments)
    {
        string family = arguments.StartsWith("-6 ", StringComparison.Ordinal) ? "-6" : "";
        string command = $"-n {rig.Ns.Name} {family} rule add {arguments[family.Length..]}";
        BufferedCommandResult added = Tool.Try("ip", command.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (added.StandardError.Contains("not supported", StringComparison.OrdinalIgnoreCase))
        {
            Assert.Skip($"This kernel has no such rules: {added.StandardError.Trim()}");
        }

        Assert.True(added.IsSuccess, added.StandardError);
    }

    private static string Dump(Rig rig) => string.Join('\n',
        new[] { "-4", "-6" }
            .SelectMany(family => rig.Ns.IpJson($"{family} rule show").EnumerateArray())
            .Select(rule => rule.ToString()));
}
