using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.PointToPoint;

namespace EgressNet.Tests.PointToPoint;

public sealed class PointToPointPlanTests
{
    [Fact]
    public void A_prefix_goes_via_the_gateway_behind_the_gateway_s_own_route()
    {
        Route[] routes = [.. Plan("169.254.172.5/22", "169.254.172.1").Routes];
        Assert.Equal(2, routes.Length);
        Assert.Equal(
            new Route
            {
                Destination = InetPrefix.Parse("169.254.172.1/32"),
                InterfaceIndex = 7,
                Scope = RouteScope.Link,
                PreferredSource = InetAddress.Parse("169.254.172.5"),
            },
            routes[0]);
        Assert.Equal(
            new Route
            {
                Destination = InetPrefix.Parse("169.254.172.0/22"),
                Gateway = InetAddress.Parse("169.254.172.1"),
                InterfaceIndex = 7,
                PreferredSource = InetAddress.Parse("169.254.172.5"),
            },
            routes[1]);
    }

    [Fact]
    public void The_default_route_comes_last_and_prefers_no_source()
    {
        PointToPointPlan plan = Plan("169.254.172.5/22", "169.254.172.1") with { DefaultRoute = true };
        Assert.Equal(
            new Route
            {
                Destination = InetPrefix.Parse("0.0.0.0/0"),
                Gateway = plan.Gateway,
                InterfaceIndex = 7,
            },
            plan.Routes[2]);
    }

    [Theory]
    [InlineData("192.0.2.5/32", "192.0.2.1", "192.0.2.1/32")]
    [InlineData("fd00::5/128", "fd00::1", "fd00::1/128")]
    [InlineData("fd00::5/128", "fe80::1", "fe80::1/128")]
    public void A_single_address_has_no_subnet(string address, string gateway, string destination)
    {
        PointToPointPlan plan = Plan(address, gateway);
        Assert.Null(plan.Subnet);
        Assert.Equal(destination, Assert.Single(plan.Routes).Destination.ToString());
    }

    [Fact]
    public void IPv6_knows_no_scopes()
    {
        PointToPointPlan plan = Plan("fd00::5/64", "fd00::1") with { DefaultRoute = true };
        Assert.Equal(["fd00::1/128", "fd00::/64", "::/0"], plan.Routes.Select(route => route.Destination.ToString()));
        Assert.All(plan.Routes, route => Assert.Equal(RouteScope.Global, route.Scope));
    }

    [Fact]
    public void A_metric_is_given_to_every_route()
    {
        PointToPointPlan plan = Plan("192.0.2.5/24", "192.0.2.1") with { DefaultRoute = true, Metric = 50 };
        Assert.All(plan.Routes, route => Assert.Equal(50u, route.Metric));
    }

    [Theory]
    [InlineData("192.0.2.5/24", "192.0.2.1", null)]
    [InlineData("192.0.2.5/24", "10.0.0.1", null)]
    [InlineData("192.0.2.5/32", "192.0.2.1", null)]
    [InlineData("fd00::5/64", "fe80::1", null)]
    [InlineData("192.0.2.5/24", "192.0.2.5", "It is the address itself.")]
    [InlineData("fd00::5/128", "fd00::5", "It is the address itself.")]
    [InlineData("192.0.2.5/24", "fd00::1", "It is not of the family of 192.0.2.5.")]
    [InlineData("fd00::5/64", "192.0.2.1", "It is not of the family of fd00::5.")]
    [InlineData("192.0.2.5/24", "0.0.0.0", "It is not a unicast address of a host.")]
    [InlineData("fd00::5/64", "::", "It is not a unicast address of a host.")]
    [InlineData("192.0.2.5/24", "224.0.0.1", "It is not a unicast address of a host.")]
    [InlineData("fd00::5/64", "ff02::1", "It is not a unicast address of a host.")]
    [InlineData("192.0.2.5/24", "127.0.0.1", "It is not a unicast address of a host.")]
    [InlineData("fd00::5/64", "::1", "It is not a unicast address of a host.")]
    [InlineData("192.0.2.5/24", null, "There is no gateway.")]
    public void A_gateway_is_judged(string address, string? gateway, string? fault) => Assert.Equal(
        fault,
        PointToPointPlan.Validate(InetPrefix.Parse(address), gateway is null ? default : InetAddress.Parse(gateway)));

    [Fact]
    public void The_connected_route_is_displaced()
    {
        PointToPointPlan plan = Plan("192.0.2.5/24", "192.0.2.1");
        Route connected = new()
        {
            Destination = InetPrefix.Parse("192.0.2.0/24"),
            InterfaceIndex = 7,
            Protocol = RouteProtocol.Kernel,
            Scope = RouteScope.Link,
        };
        Assert.True(plan.Displaces(connected));
        Assert.True(plan.Displaces(connected with { Protocol = RouteProtocol.Static, Metric = 5 }));
        Assert.False(plan.Displaces(connected with { Destination = InetPrefix.Parse("192.0.2.0/25") }));
        Assert.False(plan.Displaces(connected with { InterfaceIndex = 8 }));
        Assert.False(plan.Displaces(connected with { Table = 100 }));
        Assert.False(plan.Displaces(connected with { Type = RouteType.Blackhole }));
        Assert.False(plan.Displaces(connected with { Gateway = InetAddress.Parse("192.0.2.1") }));
        Assert.False(plan.Displaces(connected with { NextHopId = 3 }));
        Assert.False(plan.Displaces(connected with { NextHops = [] }));
    }

    [Theory, InlineData("192.0.2.5/32", "192.0.2.1"), InlineData("fd00::5/128", "fd00::1")]
    public void A_single_address_displaces_nothing(string address, string gateway)
    {
        PointToPointPlan plan = Plan(address, gateway);
        Assert.False(plan.Displaces(new Route { Destination = InetPrefix.Parse(address), InterfaceIndex = 7 }));
    }

    [Fact]
    public void A_route_that_leads_the_same_way_serves_whoever_put_it_there()
    {
        Route planned = Plan("192.0.2.5/24", "192.0.2.1").Routes[1];
        Assert.True(PointToPointPlan.Serves(planned, planned));
        Assert.True(PointToPointPlan.Serves(planned with { Protocol = RouteProtocol.Static }, planned));
        Assert.True(PointToPointPlan.Serves(
            planned with { PreferredSource = InetAddress.Parse("192.0.2.6") }, planned));
        Assert.False(PointToPointPlan.Serves(planned with { Gateway = default }, planned));
        Assert.False(PointToPointPlan.Serves(planned with { Destination = InetPrefix.Parse("192.0.2.0/25") }, planned));
        Assert.False(PointToPointPlan.Serves(planned with { InterfaceIndex = 8 }, planned));
        Assert.False(PointToPointPlan.Serves(planned with { Scope = RouteScope.Link }, planned));
        Assert.False(PointToPointPlan.Serves(planned with { Type = RouteType.Local }, planned));
        Assert.False(PointToPointPlan.Serves(planned with { Table = 100 }, planned));
        Assert.False(PointToPointPlan.Serves(planned with { Metric = 1 }, planned));
        Assert.False(PointToPointPlan.Serves(planned with { NextHops = [] }, planned));
    }

    [Fact]
    public void IPv6_reads_no_metric_as_1024()
    {
        Route planned = Plan("fd00::5/64", "fd00::1").Routes[1];
        Assert.True(PointToPointPlan.Serves(planned with { Metric = 1024 }, planned));
        Assert.False(PointToPointPlan.Serves(planned with { Metric = 256 }, planned));
        Assert.True(PointToPointPlan.Serves(planned with { Metric = 9 }, planned with { Metric = 9 }));
    }

    private static PointToPointPlan Plan(string address, string gateway) => new()
    {
        Address = InetPrefix.Parse(address),
        InterfaceIndex = 7,
        Gateway = InetAddress.Parse(gateway),
    };
}
