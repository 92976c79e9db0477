using System.Text.Json;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.PointToPoint;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.PointToPoint;

public sealed class PointToPointGatewayTests(ITestOutputHelper output)
{
    [Fact]
    public void An_IPv4_address_ends_in_the_original_s_three_routes()
    {
        using Rig rig = With("169.254.172.5/22");
        IReadOnlyList<Route> routes = new PointToPointGateway(rig.Conversation).Apply(
            Plan(rig, "169.254.172.5/22", "169.254.172.1") with { DefaultRoute = true });

        Assert.Equal(
            [
                "default via 169.254.172.1 dev v0",
                "169.254.172.0/22 via 169.254.172.1 dev v0 src 169.254.172.5",
                "169.254.172.1 dev v0 scope link src 169.254.172.5",
            ],
            rig.Lines("route show"));
        Assert.Equal(
            ["169.254.172.1/32", "169.254.172.0/22", "0.0.0.0/0"], routes.Select(each => each.Destination.ToString()));
        Assert.All(routes, route => Assert.Contains(
            rig.Connection.Routes.List(new RouteFilter { Family = AddressFamily.IPv4 }), route.Equals));

        JsonElement[] seen = [.. rig.Ns.IpJson("-4 route show").EnumerateArray()];
        Assert.All(seen, route => Assert.Equal("boot", route.GetProperty("protocol").GetString()));
    }

    [Fact]
    public void An_IPv6_address_goes_via_its_gateway()
    {
        using Rig rig = With("fd00::5/64");
        new PointToPointGateway(rig.Conversation).Apply(Plan(rig, "fd00::5/64", "fd00::1") with { DefaultRoute = true });
        Assert.Equal(
            ["default via fd00::1", "fd00::/64 via fd00::1", "fd00::1 dev v0"],
            rig.Lines("-6 route show").Where(line => !line.StartsWith("fe80"))
                .Select(line => string.Join(' ', line.Split(' ').Take(3)))
                .Order());
    }

    [Theory, InlineData("192.0.2.5/32", "192.0.2.1"), InlineData("fd00::5/128", "fd00::1")]
    public void A_single_address_gets_the_gateway_s_route_only(string address, string gateway)
    {
        using Rig rig = With(address);
        Route route = Assert.Single(new PointToPointGateway(rig.Conversation).Apply(Plan(rig, address, gateway)));
        Assert.Equal(Rig.Address(gateway), route.Destination.Address);
    }

    [Theory, InlineData("192.0.2.5/24", "192.0.2.1"), InlineData("fd00::5/64", "fd00::1")]
    public void Twice_changes_nothing_and_returns_the_same(string address, string gateway)
    {
        using Rig rig = With(address);
        PointToPointPlan plan = Plan(rig, address, gateway) with { DefaultRoute = true };
        IReadOnlyList<Route> first = new PointToPointGateway(rig.Conversation).Apply(plan);
        string state = rig.State;

        IReadOnlyList<Route> second = new PointToPointGateway(rig.Faulty).Apply(plan);

        Assert.Equal(first, second);
        Assert.Equal(0, rig.Faults.Count);
        Assert.Equal(state, rig.State);
    }

    [Fact]
    public void Two_addresses_may_share_a_gateway()
    {
        using Rig rig = With("192.0.2.5/24", "192.0.2.6/24");
        PointToPointGateway gateway = new(rig.Conversation);
        gateway.Apply(Plan(rig, "192.0.2.5/24", "192.0.2.1"));
        string state = rig.State;
        Assert.Equal(2, gateway.Apply(Plan(rig, "192.0.2.6/24", "192.0.2.1")).Count);
        Assert.Equal(state, rig.State);
    }

    [Fact]
    public void Each_change_is_told_before_it_is_made()
    {
        using Rig rig = With("192.0.2.5/24");
        List<string> told = [];
        new PointToPointGateway(rig.Conversation, told.Add).Apply(Plan(rig, "192.0.2.5/24", "192.0.2.1"));
        Assert.Equal(3, told.Count);
        Assert.StartsWith("add route 192.0.2.1/32", told[0]);
        Assert.StartsWith("delete route 192.0.2.0/24", told[1]);
        Assert.StartsWith("add route 192.0.2.0/24 via 192.0.2.1", told[2]);
    }

    [Theory]
    [InlineData("192.0.2.5/24", "192.0.2.1")]
    [InlineData("192.0.2.5/32", "192.0.2.1")]
    [InlineData("fd00::5/64", "fd00::1")]
    [InlineData("fd00::5/128", "fd00::1")]
    public void A_failure_or_cancellation_at_any_step_changes_nothing(string address, string gateway)
    {
        using Rig rig = With(address);
        PointToPointPlan plan = Plan(rig, address, gateway) with { DefaultRoute = true };
        string family = address.Contains(':') ? "-6" : "-4";
        OperationSweep sweep = new(
            rig.Namespace,
            () => rig.State,
            (conversation, report, stop) => new PointToPointGateway(conversation, report, stop).Apply(plan),
            () =>
            {
                rig.Ns.Ip($"address del {address} dev v0");
                rig.Ns.Ip($"{family} route flush table main root {(family == "-6" ? "fd00::/16" : "0.0.0.0/0")} dev v0");
                rig.Ns.Ip($"{family} route flush default");
                rig.Ns.Ip($"address add {address} dev v0 {(family == "-6" ? "nodad" : "")}");
            });
        output.WriteLine($"{sweep.Run()} broken and undone");
    }

    [Fact]
    public void A_conflicting_route_is_kept_and_so_is_the_connected_one()
    {
        using Rig rig = With("192.0.2.5/24");
        rig.Ns.Ip("route add 192.0.2.1/32 dev v1");
        string before = rig.State;
        NetlinkException refusal = Assert.Throws<NetlinkException>(
            () => new PointToPointGateway(rig.Conversation).Apply(Plan(rig, "192.0.2.5/24", "192.0.2.1")));
        Assert.True(refusal.IsAlreadyThere);
        Assert.Equal(before, rig.State);
    }

    [Fact]
    public void NoPrefixRoute_ends_in_the_same_table()
    {
        using Rig rig = With("192.0.2.5/24");
        using Rig other = new();
        other.Ns.Ip("address add 192.0.2.5/24 dev v0 noprefixroute");
        new PointToPointGateway(rig.Conversation).Apply(Plan(rig, "192.0.2.5/24", "192.0.2.1"));
        new PointToPointGateway(other.Conversation).Apply(Plan(other, "192.0.2.5/24", "192.0.2.1"));
        Assert.Equal(rig.Ns.Ip("-4 route show table all"), other.Ns.Ip("-4 route show table all"));
    }

    private static Rig With(params string[] addresses)
    {
        Rig rig = new();
        foreach (string address in addresses)
        {
            rig.Ns.Ip($"address add {address} dev v0 {(address.Contains(':') ? "nodad" : "")}");
        }

        // The link-local address ends its detection in its own time, which would change the state under test.
        Eventually.True(() => !rig.Ns.Ip("address show tentative").Contains("inet6"));
        return rig;
    }

    private static PointToPointPlan Plan(Rig rig, string address, string gateway) => new()
    {
        Address = Rig.Prefix(address),
        InterfaceIndex = rig.Index,
        Gateway = Rig.Address(gateway),
    };
}
