using System.Globalization;

namespace EgressNet.Bench.Live;

/// <summary>The same routes by pyroute2, once, since it takes its time. The interpreter's start is not counted.
/// </summary>
internal static class Pyroute2
{
    private const string Python = "/usr/bin/python3";
    private const string Script = $"{PrivateNamespaces.Folder}/routes.py";

    public static (Series Add, Series List, Series Delete) Measure()
    {
        Series add = new("pyroute2", RouteTable.Count);
        Series list = new("pyroute2", RouteTable.Count);
        Series delete = new("pyroute2", RouteTable.Count);
        if (Peer.Has($"{Python} -c 'import pyroute2'"))
        {
            File.WriteAllText(Script, Program);
            string[] seconds = Peer.Read($"{Python} {Script}").Split('\n', StringSplitOptions.RemoveEmptyEntries);
            foreach ((Series each, string text) in new[] { add, list, delete }.Zip(seconds))
            {
                each.Add(TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture)));
            }
        }

        return (add, list, delete);
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

            def show():
                list(ip.get_routes(family=2, table=254))

            for work in (lambda: each('add'), show, lambda: each('del')):
                start = time.monotonic()
                work()
                print(time.monotonic() - start)
        """;
}
