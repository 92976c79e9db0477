using EgressNet.Changes;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Routes;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.Routes;

public sealed class RouteTakeoverTests
{
    private const string Dump = "26 all";

    [Fact]
    public void A_long_table_is_not_read_for_each_exchange()
    {
        using Rig rig = new();
        Route[] routes = [.. Enumerable.Range(0, 20_000).Select(i => new Route
        {
            Destination = InetPrefix.Parse($"10.{i / 256}.{i % 256}.0/24"),
            InterfaceIndex = rig.Index,
            Scope = RouteScope.Link,
        })];
        using (NetlinkBatch batch = rig.Connection.CreateRouteBatch((_, _) => { }))
        {
            Array.ForEach(routes, route => batch.Write(route, RouteChange.Add));
            Assert.Empty(batch.Complete());
        }

        List<string> asked = [];
        using Conversation counted = new(() => new NetlinkConnection(new CountingTransport(FaultyTransport.Open(rig.Ns.Name), asked)));
        RouteTakeover takeover = new(counted);
        int reused = 0;
        for (int i = 0; i < 40; i++)
        {
            asked.Clear();
            takeover.Renew();
            Route wanted = routes[i] with { Metrics = new RouteMetrics { [RouteMetric.Mtu] = 1400 } };
            Assert.Equal(wanted.Metrics, takeover.Write(wanted, appendsSiblings: false).Metrics);
            Assert.Equal(wanted.Metrics, takeover.Write(wanted, appendsSiblings: false).Metrics);
            reused += asked.Contains(Dump) ? 0 : 1;
        }

        Assert.True(reused > 20, $"The table was read for {40 - reused} of 40 exchanges.");
    }
}
