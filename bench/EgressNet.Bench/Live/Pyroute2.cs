using System.Globalization;

namespace EgressNet.Bench.Live;

/// <summary>The same routes by pyroute2, once, since it takes its time. The interpreter's start is not counted.</summary>
internal static class Pyroute2
{
    private const string Python = "/usr/bin/python3";
    private const string Script = $"{PrivateNamespaces.Folder}/routes.py";

    public static Series[] Measure()
    {
        Series[] series =
        [
            new("pyroute2 IPRoute.route('add')", RouteTable.Count, "add, batched"),
            new("pyroute2 IPRoute.get_routes()", RouteTable.Count, "list to records"),
            new("pyroute2 IPRoute.route('del')", RouteTable.Count, "delete, batched"),
        ];
        if (Peer.Has($"{Python} -c 'import pyroute2'"))
        {
            File.WriteAllText(Script, Program);
            string[] seconds = Peer.Read($"{Python} {Script}").Split('\n', StringSplitOptions.RemoveEmptyEntries);
            foreach ((Series each, string text) in series.Zip(seconds))
            {
                each.Add(TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture)));
            }
        }

        return series;
    }

    private static string Program => $$"""
        import time
        from pyroute2 import IPRoute

        with IPRoute() as ip:
            device = ip.link_lookup(ifname='{{RouteTable.Device}}')[0]
            routes = [f'10.{i >> 16}.{i >> 8 & 255}.{i & 255}/32' for i in range({{RouteTable.Count}})]

            def each(verb):
                for route in routes:
                    ip.route(verb, dst=route, oif=device, scope=253)

            for work in (lambda: each('add'), lambda: list(ip.get_routes(family=2, table=254)), lambda: each('del')):
                start = time.monotonic()
                work()
                print(time.monotonic() - start)
        """;
}
