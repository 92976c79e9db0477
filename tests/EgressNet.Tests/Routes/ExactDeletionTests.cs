using CliWrap;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Routes;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.Routes;

/// <summary>Of two routes with one key, exactly the one meant is deleted, or none and it is told.</summary>
public sealed class ExactDeletionTests(ITestOutputHelper output)
{
    private static readonly string[] s_shapes =
    [
        "dev v0",
        "dev v1",
        "dev v0 scope global",
        "dev v0 src 192.0.2.1",
        "dev v0 proto static",
        "dev v0 realm 5",
        "dev v0 mtu 1400",
        "dev v0 mtu 1300",
        "dev v0 mtu lock 1400",
        "dev v0 mtu 1400 advmss 1000",
        "dev v0 hoplimit 3",
        "dev v0 window 9000 rtt 100ms rttvar 50ms ssthresh 12 cwnd lock 10 initcwnd 20 initrwnd 30",
        "dev v0 quickack 1 reordering 5 rto_min 200ms",
        "dev v0 features ecn",
        "dev v0 fastopen_no_cookie 1",
        "dev v0 congctl reno",
        "dev v0 congctl reno mtu 1400",
        "dev v0 mtu 1400 src 192.0.2.1",
        "encap ip id 5 dst 10.0.0.7 ttl 9 dev v0",
        "encap ip id 6 dst 10.0.0.7 ttl 9 dev v0",
        "via 192.0.2.8",
        "via 192.0.2.9",
        "via 192.0.2.8 mtu 1400",
        "via 192.0.2.8 realm 5",
        "via 192.0.2.8 dev v0 onlink",
        "via inet6 fd00::1 dev v0",
        "nexthop via 192.0.2.8 nexthop via 192.0.2.9",
        "nexthop via 192.0.2.8 weight 2 nexthop via 192.0.2.9",
        "nexthop via 192.0.2.9 nexthop via 192.0.2.8",
        "nexthop via 192.0.2.8 nexthop via 192.0.2.9 nexthop dev v1",
        "nexthop via inet6 fd00::1 dev v0 nexthop via 192.0.2.9",
        "mtu 1400 nexthop dev v0 nexthop via 192.0.2.9",
        "nhid 10",
        "nhid 11",
        "nhid 10 src 192.0.2.1",
        "nhid 10 mtu 1400",
        "nhid 12",
    ];

    private static readonly string[] s_shapes6 =
    [
        "dev v0",
        "dev v1",
        "via fe80::8 dev v0",
        "via fe80::8 dev v1",
        "via fe80::9 dev v0 mtu 1400",
        "via fe80::9 dev v0 proto static",
        "nexthop via fe80::8 dev v0 nexthop via fe80::9 dev v1",
        "nexthop via fe80::a dev v0 nexthop via fe80::b dev v1",
        "encap ip6 id 5 dst fd00::9 via fe80::8 dev v0",
        "nhid 20",
        "nhid 21",
        "from fd01::/64 dev v0",
        "from fd02::/64 dev v0",
        "from fd02::/64 via fe80::8 dev v0",
    ];

    // What no deletion can say: no source, gateway, realm or encapsulation, no weight, not on-link, not of fewer hops;
    // and of IPv6, not of a nexthop object.
    private static readonly Dictionary<string, string[]> s_untold = new()
    {
        ["nexthop via inet6 fd00::1 dev v0 nexthop via 192.0.2.9"] = ["dev v0 scope global", "via inet6 fd00::1 dev v0"],
        ["dev v0"] =
        [
            "dev v0 src 192.0.2.1", "dev v0 realm 5", "encap ip id 5 dst 10.0.0.7 ttl 9 dev v0",
            "encap ip id 6 dst 10.0.0.7 ttl 9 dev v0", "via fe80::8 dev v0", "via fe80::9 dev v0 mtu 1400",
            "nexthop via fe80::8 dev v0 nexthop via fe80::9 dev v1", "nexthop via fe80::a dev v0 nexthop via fe80::b dev v1",
            "encap ip6 id 5 dst fd00::9 via fe80::8 dev v0", "nhid 20", "nhid 21",
        ],
        ["dev v0 mtu 1400"] = ["dev v0 mtu 1400 src 192.0.2.1"],
        ["dev v0 scope global"] =
        [
            "via 192.0.2.8", "via 192.0.2.9", "via 192.0.2.8 realm 5", "via 192.0.2.8 dev v0 onlink",
            "via inet6 fd00::1 dev v0",
        ],
        ["via 192.0.2.8 dev v0 onlink"] = ["via 192.0.2.8", "via 192.0.2.8 realm 5"],
        ["nexthop via 192.0.2.8 nexthop via 192.0.2.9"] =
        [
            "via 192.0.2.8", "via 192.0.2.8 realm 5", "via 192.0.2.8 dev v0 onlink",
            "nexthop via 192.0.2.8 weight 2 nexthop via 192.0.2.9",
        ],
        ["nexthop via 192.0.2.8 weight 2 nexthop via 192.0.2.9"] =
        [
            "via 192.0.2.8", "via 192.0.2.8 realm 5", "via 192.0.2.8 dev v0 onlink",
            "nexthop via 192.0.2.8 nexthop via 192.0.2.9",
        ],
        ["nexthop via 192.0.2.8 nexthop via 192.0.2.9 nexthop dev v1"] =
        [
            "via 192.0.2.8", "via 192.0.2.8 realm 5", "via 192.0.2.8 dev v0 onlink",
            "nexthop via 192.0.2.8 nexthop via 192.0.2.9", "nexthop via 192.0.2.8 weight 2 nexthop via 192.0.2.9",
        ],
        ["nexthop via 192.0.2.9 nexthop via 192.0.2.8"] = ["via 192.0.2.9"],
        ["mtu 1400 nexthop dev v0 nexthop via 192.0.2.9"] = ["via 192.0.2.8 mtu 1400"],
        ["via 192.0.2.8"] = ["via 192.0.2.8 realm 5", "via 192.0.2.8 dev v0 onlink"],
        ["dev v1"] =
        [
            "via fe80::8 dev v1", "nexthop via fe80::8 dev v0 nexthop via fe80::9 dev v1",
            "nexthop via fe80::a dev v0 nexthop via fe80::b dev v1", "nhid 20", "nhid 21",
        ],
        ["via fe80::8 dev v0"] = ["nhid 20", "nhid 21"],
        ["via fe80::8 dev v1"] = ["nhid 20", "nhid 21"],
        ["via fe80::9 dev v0 mtu 1400"] = ["nhid 20", "nhid 21"],
        ["nexthop via fe80::8 dev v0 nexthop via fe80::9 dev v1"] = ["nhid 20", "nhid 21"],
        ["nexthop via fe80::a dev v0 nexthop via fe80::b dev v1"] = ["nhid 20", "nhid 21"],
        ["encap ip6 id 5 dst fd00::9 via fe80::8 dev v0"] = ["nhid 20", "nhid 21"],
        ["from fd02::/64 dev v0"] = ["from fd02::/64 via fe80::8 dev v0"],
    };

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void Of_two_with_one_key_the_one_meant_goes_or_none(int version)
    {
        using Rig rig = NewRig();
        string[] lines = [.. Pairs(version == 4 ? s_shapes : s_shapes6, version)];
        rig.Ns.Run(() => Tool.Try(Cli.Wrap(Tool.Find("ip")!).WithArguments([$"-{version}", "-force", "-batch", "-"])
            .WithStandardInputPipe(PipeSource.FromString(string.Join('\n', lines)))));

        Dictionary<string, List<string>> expected = Seen(rig, version);
        ExactRoutes exact = new(rig.Conversation);
        List<string> untold = [];
        int count = 0;
        foreach (Route[] pair in Read(rig, version).GroupBy(route => route.Destination).Select(pair => pair.ToArray()))
        {
            string prefix = pair[0].Destination.ToString();
            List<string> texts = expected[prefix];
            Assert.Equal(texts.Count, pair.Length);
            count += pair.Length - 1;
            for (int meant = pair.Length - 1; meant >= 0; meant--)
            {
                try
                {
                    rig.Connection.Routes.Delete(exact.DeletionOf(pair[meant]));
                    texts.RemoveAt(meant);
                    break;
                }
                catch (RouteShadowedException) when (meant > 0)
                {
                    string[] both = [.. lines.Where(line => line.Contains(prefix)).Select(line => line.Split($"{prefix} ")[1])];
                    untold.Add($"{both[1]} behind {both[0]}");
                }
            }
        }

        output.WriteLine($"{count} pairs, {untold.Count} untold");
        Dictionary<string, List<string>> left = Seen(rig, version);
        Assert.All(expected.Where(pair => pair.Value.Count > 0), pair => Assert.Equal(pair.Value, left[pair.Key]));
        Assert.Equal(expected.Sum(pair => pair.Value.Count), left.Sum(pair => pair.Value.Count));
        Assert.Empty(untold.Except(s_untold.SelectMany(each => each.Value.Select(first => $"{each.Key} behind {first}"))));
    }

    private static IEnumerable<string> Pairs(string[] shapes, int version)
    {
        int count = 0;
        foreach (string first in shapes)
        {
            foreach (string second in shapes.Where(shape => shape != first))
            {
                string prefix = version == 4 ? $"10.{count >> 8}.{count & 255}.0/24" : $"fd09:{count:x}::/32";
                yield return $"route add {prefix} {first}";
                yield return $"route append {prefix} {second}";
                count++;
            }
        }
    }

    private static Rig NewRig()
    {
        Rig rig = new();
        rig.Ns.IpBatch(
            "address add 192.0.2.1/24 dev v0",
            "address add 192.0.3.1/24 dev v1",
            "address add fd00::5/64 dev v0 nodad",
            "nexthop add id 10 via 192.0.2.8 dev v0",
            "nexthop add id 11 dev v0",
            "nexthop add id 12 blackhole",
            "nexthop add id 20 via fe80::8 dev v0",
            "nexthop add id 21 via fe80::9 dev v1");
        return rig;
    }

    private static Dictionary<string, List<string>> Seen(Rig rig, int version) => rig.Ns.IpJson($"-{version} route")
        .EnumerateArray().GroupBy(route => route.EnumerateObject().First(each => each.Name == "dst").Value.GetString()!)
        .Where(pair => pair.Key.StartsWith(version == 4 ? "10." : "fd09", StringComparison.Ordinal))
        .ToDictionary(pair => pair.Key, pair => pair.Select(route => route.GetRawText()).ToList());

    private static Route[] Read(Rig rig, int version) =>
    [
        .. rig.Connection.Routes.List(new RouteFilter
            {
                Family = version == 4 ? AddressFamily.IPv4 : AddressFamily.IPv6,
                Table = RouteTable.Main,
            })
            .Where(route => route.Destination.ToString().StartsWith(version == 4 ? "10." : "fd09", StringComparison.Ordinal)),
    ];
}
