using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;

namespace EgressNet.Bench.Live;

/// <summary>What a record weighs, and what a request leaves behind.</summary>
internal static class MemoryRun
{
    private const int RoundTrips = 10_000;

    public static void Run()
    {
        using RouteTable table = new();
        table.AddBatched();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        List<Route> routes = RouteRun.List(table);
        routes.TrimExcess();
        long after = GC.GetTotalMemory(forceFullCollection: true);
        Report.Line($"\nMemory");
        double each = (double)(after - before) / routes.Count;
        Report.Line($"  one route record, in a list of {routes.Count:N0}: {each:0.0} bytes");
        table.DeleteBatched();

        Route route = new() { Destination = InetPrefix.Parse("192.0.2.1/32"), Type = RouteType.Blackhole };
        Replace(table, route);
        long start = GC.GetAllocatedBytesForCurrentThread();
        Replace(table, route);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - start;
        table.Connection.Routes.Delete(route);
        Report.Line($"  {RoundTrips:N0} requests with their ACK allocated: {allocated:N0} bytes");
    }

    private static void Replace(RouteTable table, Route route)
    {
        for (int i = 0; i < RoundTrips; i++)
        {
            table.Connection.Routes.Write(route, RouteChange.Replace);
        }
    }
}
