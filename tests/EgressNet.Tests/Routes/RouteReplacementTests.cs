using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Routes;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.Routes;

public sealed class RouteReplacementTests(ITestOutputHelper output)
{
    [Theory, InlineData("10.0.0.0/8"), InlineData("fd99::/32")]
    public void What_is_no_part_of_the_key_changes_in_place(string prefix)
    {
        using Rig rig = New(prefix, out Route old);
        Route wanted = old with { Metrics = new RouteMetrics { [RouteMetric.Mtu] = 1400 } };
        Route changed = new RouteReplacement(rig.Conversation).Apply(old, wanted);
        Assert.Equal(1400u, changed.Metrics?[RouteMetric.Mtu]);
        Assert.Contains("mtu 1400", Assert.Single(Seen(rig, prefix)));
    }

    [Theory, InlineData("10.0.0.0/8"), InlineData("fd99::/32")]
    public void Another_metric_makes_another_route_and_the_old_one_goes(string prefix)
    {
        using Rig rig = New(prefix, out Route old);
        Assert.Equal(77u, new RouteReplacement(rig.Conversation).Apply(old, old with { Metric = 77 }).Metric);
        Assert.Contains("metric 77", Assert.Single(Seen(rig, prefix)));
    }

    [Theory]
    [InlineData("10.0.0.0/8", 77u)]
    [InlineData("fd99::/32", 77u)]
    [InlineData("10.0.0.0/8", 50u)]
    [InlineData("fd99::/32", 50u)]
    public void What_fails_or_is_cancelled_at_any_step_leaves_the_old_route(string prefix, uint metric)
    {
        using Rig rig = New(prefix, out Route old);
        Route wanted = old with { Metric = metric, Metrics = new RouteMetrics { [RouteMetric.Mtu] = 1400 } };
        OperationSweep sweep = new(
            rig.Namespace,
            () => string.Join('\n', Seen(rig, prefix)),
            (conversation, report, stop) => new RouteReplacement(conversation, report, stop).Apply(old, wanted),
            () =>
            {
                rig.Ns.Ip($"route del {prefix} metric {metric}");
                rig.Ns.Ip($"route add {prefix} dev v0 metric 50");
            });
        output.WriteLine($"{sweep.Run()} broken and undone");
    }

    [Fact]
    public void Each_change_is_told()
    {
        using Rig rig = New("10.0.0.0/8", out Route old);
        List<string> told = [];
        RouteReplacement replacement = new(rig.Conversation, told.Add);
        Route changed = replacement.Apply(old, old with { Metric = 77 });
        replacement.Apply(changed, changed with { Metrics = new RouteMetrics { [RouteMetric.Mtu] = 1400 } });
        Assert.Collection(
            told,
            text => Assert.StartsWith("add route 10.0.0.0/8", text),
            text => Assert.StartsWith("delete route 10.0.0.0/8", text),
            text => Assert.StartsWith("replace route 10.0.0.0/8", text));
    }

    [Theory, InlineData("10.0.0.0/8"), InlineData("fd99::/32")]
    public void A_metric_that_is_taken_is_an_error_and_both_stay(string prefix)
    {
        using Rig rig = New(prefix, out Route old);
        rig.Ns.Ip($"route add {prefix} dev v0 metric 77");
        string[] before = [.. Seen(rig, prefix)];
        NetlinkException refusal = Assert.Throws<NetlinkException>(
            () => new RouteReplacement(rig.Conversation).Apply(old, old with { Metric = 77 }));
        Assert.True(refusal.IsAlreadyThere);
        Assert.Equal(before, Seen(rig, prefix));
    }

    [Fact]
    public void A_route_that_is_gone_is_not_made_anew()
    {
        using Rig rig = New("10.0.0.0/8", out Route old);
        rig.Ns.Ip("route del 10.0.0.0/8");
        NetlinkException refusal = Assert.Throws<NetlinkException>(() => new RouteReplacement(rig.Conversation).Apply(old, old with { PreferredSource = default, Protocol = RouteProtocol.Static }));
        Assert.True(refusal.IsAbsent);
        Assert.Empty(Seen(rig, "10.0.0.0/8"));
        refusal = Assert.Throws<NetlinkException>(
            () => new RouteReplacement(rig.Conversation).Apply(old, old with { Metric = 77 }));
        Assert.True(refusal.IsAbsent);
        Assert.Empty(Seen(rig, "10.0.0.0/8"));
    }

    private static Rig New(string prefix, out Route route)
    {
        Rig rig = new();
        rig.Ns.Ip("address add 192.0.2.5/24 dev v0");
        rig.Ns.Ip($"route add {prefix} dev v0 metric 50");
        route = rig.Connection.Routes.List(new RouteFilter { Family = InetPrefix.Parse(prefix).Family })
            .Single(each => each.Destination == InetPrefix.Parse(prefix));
        return rig;
    }

    private static IEnumerable<string> Seen(Rig rig, string prefix) =>
        rig.Lines($"{(prefix.Contains(':') ? "-6 " : "")}-d route show {prefix}");
}
