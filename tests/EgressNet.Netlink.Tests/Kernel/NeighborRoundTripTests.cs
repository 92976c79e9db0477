using System.Text.Json;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Neighbors;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Testing;
using Xunit;
using static EgressNet.Netlink.Tests.Kernel.Rig;

namespace EgressNet.Netlink.Tests.Kernel;

/// <summary>Every neighbor that <c>ip</c> can make reads, goes by its record, and comes back the same.</summary>
public sealed class NeighborRoundTripTests
{
    /// <summary>Arguments of <c>ip neighbour add</c>.</summary>
    public static readonly TheoryData<string> Kinds =
    [
        "192.0.2.9 lladdr 02:00:00:00:00:09 dev v0",
        "192.0.2.9 lladdr 02:00:00:00:00:09 dev v0 nud permanent protocol bgp",
        "192.0.2.9 lladdr 02:00:00:00:00:09 dev v0 nud stale",
        "192.0.2.9 lladdr 02:00:00:00:00:09 dev v0 nud reachable",
        "192.0.2.9 lladdr 02:00:00:00:00:09 dev v0 nud noarp",
        "192.0.2.9 lladdr 02:00:00:00:00:09 dev v0 nud reachable extern_learn",
        "192.0.2.9 lladdr 03:00:00:00:00:09 dev v0",
        "203.0.113.9 lladdr ff:ff:ff:ff:ff:ff dev v1",
        "192.0.2.9 dev v0 nud failed",
        "192.0.2.9 dev v0 nud incomplete",
        "192.0.2.9 dev v0 nud none",
        "proxy 192.0.2.9 dev v0",
        "proxy 192.0.2.9 dev v0 protocol 99",
        "fd00::9 lladdr 02:00:00:00:00:09 dev v0",
        "fd00::9 lladdr 02:00:00:00:00:09 dev v0 router",
        "fd00::9 lladdr 02:00:00:00:00:09 dev v0 nud stale router protocol static",
        "fe80::9 lladdr 02:00:00:00:00:09 dev v0 nud noarp extern_learn",
        "proxy fd00::9 dev v0",
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_neighbor_added_by_ip_is_read_deleted_and_restored_the_same(string arguments)
    {
        using Rig rig = WithVeth(out int index);
        rig.Ns.Ip($"neighbour add {arguments}");
        string created = Dump(rig);
        bool isProxy = arguments.StartsWith("proxy", StringComparison.Ordinal);
        InetAddress address = Address(arguments.Split(' ')[isProxy ? 1 : 0]);
        Neighbor read = Assert.Single(All(rig), each => each.Address == address);
        Assert.Equal(isProxy, read.IsProxy);
        Assert.Equal(read, rig.Connection.Neighbors.Find(address, read.InterfaceIndex, isProxy));

        rig.Connection.Neighbors.Delete(read);
        Assert.DoesNotContain(All(rig), each => each.Address == address);
        rig.Connection.Neighbors.Write(read);
        Assert.Equal(created, Dump(rig));
        Assert.Equal(read, Assert.Single(All(rig), each => each.Address == address));

        using NetlinkBatch batch = rig.Connection.CreateBatch();
        batch.Delete(read);
        batch.Write(read);
        Assert.Empty(batch.Complete());
        Assert.Equal(created, Dump(rig));
        Assert.NotEqual(0, index);
    }

    [Fact]
    public void Ip_reads_what_is_written_here()
    {
        using Rig rig = WithVeth(out int index);
        rig.Connection.Neighbors.Write(new Neighbor
        {
            Address = Address("fd00::7"), InterfaceIndex = index, LinkLayerAddress = LinkLayerAddress.Parse("02-00-5E-10-00-01"),
            State = NeighborState.Permanent, Flags = NeighborFlags.Router, Protocol = RouteProtocol.Static,
        });
        JsonElement shown = Assert.Single(rig.Ns.IpJson("neighbour show fd00::7").EnumerateArray());
        Assert.Equal("02:00:5e:10:00:01", shown.GetProperty("lladdr").GetString());
        Assert.Equal("PERMANENT", shown.GetProperty("state")[0].GetString());
        Assert.True(shown.TryGetProperty("router", out _));
        Assert.Equal("static", shown.GetProperty("protocol").GetString());
    }

    [Fact]
    public void What_is_there_and_what_is_not_is_told()
    {
        using Rig rig = WithVeth(out int index);
        Neighbor neighbor = new()
        {
            Address = Address("192.0.2.7"), InterfaceIndex = index, State = NeighborState.Stale,
            LinkLayerAddress = LinkLayerAddress.Parse("02005e100001"),
        };
        Assert.Equal((int)Netlink.Errno.ENOENT, Errno(() => rig.Connection.Neighbors.Write(neighbor, NeighborChange.Change)));
        Assert.Equal((int)Netlink.Errno.ENOENT, Errno(() => rig.Connection.Neighbors.Delete(neighbor)));
        Assert.Null(rig.Connection.Neighbors.Find(neighbor.Address, index));
        Assert.Null(rig.Connection.Neighbors.Find(neighbor.Address, 4711));
        rig.Connection.Neighbors.Write(neighbor);
        Assert.Equal((int)Netlink.Errno.EEXIST, Errno(() => rig.Connection.Neighbors.Write(neighbor)));
        rig.Connection.Neighbors.Write(neighbor with { State = NeighborState.Permanent }, NeighborChange.Replace);
        Assert.Equal(NeighborState.Permanent, rig.Connection.Neighbors.Find(neighbor.Address, index)!.State);
    }

    [Theory]
    [InlineData(NeighborState.Permanent, "")]
    [InlineData(NeighborState.Unreachable, "02:00:00:00:00:01")]
    public void A_contradiction_leaves_nothing_behind(NeighborState state, string linkLayerAddress)
    {
        using Rig rig = WithVeth(out int index);
        LinkLayerAddress.TryParse(linkLayerAddress, out LinkLayerAddress given);
        Assert.Throws<ArgumentException>(() => rig.Connection.Neighbors.Write(new Neighbor
        {
            Address = Address("192.0.2.7"), InterfaceIndex = index, State = state, LinkLayerAddress = given,
        }));
        Assert.Null(rig.Connection.Neighbors.Find(Address("192.0.2.7"), index));
    }

    [Fact]
    public void A_bridge_s_entries_are_no_neighbors()
    {
        using Rig rig = WithVeth(out int index);
        rig.Ns.IpBatch("link add br0 type bridge", "link set v0 master br0");
        Tool.Run("bridge", "-n", rig.Ns.Name, "fdb", "add", "02:00:00:00:00:77", "dev", "v0", "master", "static");
        Assert.DoesNotContain(
            rig.Connection.Neighbors.List(),
            each => $"{each.LinkLayerAddress}" == "02:00:00:00:00:77" || each.Family == AddressFamily.Unspecified);
        Assert.NotEqual(0, index);
    }

    [Fact]
    public async Task A_list_that_comes_in_parts_has_all_that_stayed()
    {
        using Rig rig = WithVeth(out int index);
        LinkLayerAddress mac = LinkLayerAddress.Parse("02:00:00:00:00:09");
        Neighbor Numbered(int number, NeighborState state) => new()
        {
            Address = Address($"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"), InterfaceIndex = index,
            State = state, LinkLayerAddress = mac,
        };

        using NetlinkBatch batch = rig.Connection.CreateBatch();
        for (int i = 0; i < 2_000; i++)
        {
            batch.Write(Numbered(i, NeighborState.Permanent));
        }

        Assert.Empty(batch.Complete());
        using CancellationTokenSource stop = new();
        Task churn = Task.Run(
            () =>
            {
                using NetlinkConnection other = rig.Open();
                for (int i = 0; !stop.IsCancellationRequested; i++)
                {
                    using NetlinkBatch coming = other.CreateBatch();
                    for (int j = 0; j < 50; j++)
                    {
                        coming.Write(Numbered(70_000 + (i % 9 * 50) + j, NeighborState.Permanent), NeighborChange.Replace);
                        coming.Delete(Numbered(70_000 + ((i + 4) % 9 * 50) + j, NeighborState.Permanent));
                    }

                    coming.Complete();
                }
            },
            TestContext.Current.CancellationToken);
        for (int i = 0; i < 20; i++)
        {
            HashSet<InetAddress> seen = [.. rig.Connection.Neighbors.List(AddressFamily.IPv4).Select(each => each.Address)];
            Assert.Equal(2_000, Enumerable.Range(0, 2_000).Count(at => seen.Contains(Numbered(at, default).Address)));
        }

        await stop.CancelAsync();
        await churn;
    }

    // Multicast groups and link-local addresses come in the kernel's own time.
    private static Neighbor[] All(Rig rig) =>
    [
        .. rig.Connection.Neighbors.List().Concat(rig.Connection.Neighbors.List(proxies: true))
            .Where(each => !each.Address.IsMulticast),
    ];

    private static string Dump(Rig rig) => string.Join('\n',
        new[] { "show nud all", "show proxy" }
            .SelectMany(what => rig.Ns.IpJson($"neighbour {what}").EnumerateArray())
            .Select(each => each.ToString())
            .Where(each => !each.Contains("\"ff", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));
}
