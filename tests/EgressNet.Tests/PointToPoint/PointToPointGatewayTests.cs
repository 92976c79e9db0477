using System.Text.Json;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.PointToPoint;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.PointToPoint;

public sealed class PointToPointGatewayTests
{
    [Fact]
    public void An_IPv4_address_ends_in_the_original_s_three_routes()
    {
        using Rig rig = With("169.254.172.5/22");
        IReadOnlyList<Route> routes = new PointToPointGateway(rig.Connection).Apply(
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
        new PointToPointGateway(rig.Connection).Apply(Plan(rig, "fd00::5/64", "fd00::1") with { DefaultRoute = true });
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
        Route route = Assert.Single(new PointToPointGateway(rig.Connection).Apply(Plan(rig, address, gateway)));
        Assert.Equal(Rig.Address(gateway), route.Destination.Address);
    }

    [Theory, InlineData("192.0.2.5/24", "192.0.2.1"), InlineData("fd00::5/64", "fd00::1")]
    public void Twice_changes_nothing_and_returns_the_same(string address, string gateway)
    {
        using Rig rig = With(address);
        PointToPointPlan plan = Plan(rig, address, gateway) with { DefaultRoute = true };
        IReadOnlyList<Route> first = new PointToPointGateway(rig.Connection).Apply(plan);
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
        PointToPointGateway gateway = new(rig.Connection);
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
        new PointToPointGateway(rig.Connection, told.Add).Apply(Plan(rig, "192.0.2.5/24", "192.0.2.1"));
        Assert.Equal(3, told.Count);
        Assert.StartsWith("add route 192.0.2.1/32", told[0]);
        Assert.StartsWith("delete route 192.0.2.0/24", told[1]);
        Assert.StartsWith("add route 192.0.2.0/24 via 192.0.2.1", told[2]);
    }

    [Theory]
    [InlineData("192.0.2.5/24", "192.0.2.1", true)]
    [InlineData("192.0.2.5/24", "192.0.2.1", false)]
    [InlineData("192.0.2.5/32", "192.0.2.1", true)]
    [InlineData("fd00::5/64", "fd00::1", true)]
    [InlineData("fd00::5/64", "fd00::1", false)]
    [InlineData("fd00::5/128", "fd00::1", true)]
    public void A_refusal_at_any_step_leaves_everything_as_it_was(string address, string gateway, bool writesOnly)
    {
        using Rig rig = With(address);
        string before = rig.State;
        PointToPointPlan plan = Plan(rig, address, gateway) with { DefaultRoute = true };
        int steps = 0;
        while (true)
        {
            using FaultyTransport faults = FaultyTransport.Open(rig.Ns.Name);
            using NetlinkConnection faulty = new(faults);
            faults.WritesOnly = writesOnly;
            faults.FailAt = ++steps;
            Exception? thrown = Record.Exception(() => new PointToPointGateway(faulty).Apply(plan));
            if (!faults.HasFailed)
            {
                Assert.Null(thrown);
                break;
            }

            Assert.Equal(FaultyTransport.EIO, Assert.IsType<NetlinkException>(thrown).Errno);
            Assert.Equal(before, rig.State);
        }

        Assert.True(steps > 2, $"{steps}");
    }

    [Fact]
    public void A_route_that_holds_the_place_is_left_and_so_is_the_connected_one()
    {
        using Rig rig = With("192.0.2.5/24");
        rig.Ns.Ip("route add 192.0.2.1/32 dev v1");
        string before = rig.State;
        NetlinkException refusal = Assert.Throws<NetlinkException>(
            () => new PointToPointGateway(rig.Connection).Apply(Plan(rig, "192.0.2.5/24", "192.0.2.1")));
        Assert.True(refusal.IsAlreadyThere);
        Assert.Equal(before, rig.State);
    }

    [Fact]
    public void A_stop_half_way_does_not_tear_the_plan_apart()
    {
        using Rig rig = With("192.0.2.5/24");
        using CancellationTokenSource stop = new();
        using NetlinkConnection connection = NetlinkConnection.Open(
            NetNamespace.FromName(rig.Ns.Name), null, stop.Token);
        Action<string> stopAtDeletion = change => _ = change.StartsWith("delete") ? stop.CancelAsync() : null;

        IReadOnlyList<Route> routes = new PointToPointGateway(connection, stopAtDeletion)
            .Apply(Plan(rig, "192.0.2.5/24", "192.0.2.1"));

        Assert.Equal(2, routes.Count);
        Assert.True(stop.IsCancellationRequested);
        Assert.Equal(2, rig.Lines("route show").Count());
        Assert.Throws<OperationCanceledException>(() => connection.Links.Find("v0"));
    }

    [Fact]
    public void NoPrefixRoute_ends_in_the_same_table()
    {
        using Rig rig = With("192.0.2.5/24");
        using Rig other = new();
        other.Ns.Ip("address add 192.0.2.5/24 dev v0 noprefixroute");
        new PointToPointGateway(rig.Connection).Apply(Plan(rig, "192.0.2.5/24", "192.0.2.1"));
        new PointToPointGateway(other.Connection).Apply(Plan(other, "192.0.2.5/24", "192.0.2.1"));
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
