using System.Diagnostics;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;
using Xunit;
using static EgressNet.Netlink.Tests.Kernel.Rig;

namespace EgressNet.Netlink.Tests.Kernel;

/// <summary>A part of a dump is 32 KiB at most.</summary>
public sealed class LongRouteTests
{
    [Theory]
    [InlineData("10.0.0.0/8", 2023, 2027)]
    [InlineData("fd00:8::/64", 1150, 1158)]
    public void The_longest_that_is_written_is_read_and_deleted(string prefix, int fits, int doesNot)
    {
        using Rig rig = WithVeth(out int index);
        rig.Ns.Ip("address add 192.168.0.1/16 dev v0");
        int longest = 0;
        for (int hops = fits; hops <= doesNot; hops++)
        {
            Route route = Long(prefix, hops, index);
            try
            {
                rig.Connection.Routes.Write(route);
            }
            catch (ArgumentException refusal)
            {
                Assert.Contains($"{hops} next hops", refusal.Message);
                continue;
            }

            longest = hops;
            Route read = rig.Connection.Routes.List().Single(each => each.Destination == route.Destination);
            Assert.Equal(hops, read.NextHops?.Count);
            rig.Connection.Routes.Delete(read);
        }

        Assert.InRange(longest, fits, doesNot - 1);
        Assert.Throws<ArgumentException>(() => rig.Connection.Routes.WriteAndRead(Long(prefix, doesNot, index)));
        using NetlinkBatch batch = rig.Connection.CreateBatch();
        Assert.Throws<ArgumentException>(() => batch.Write(Long(prefix, doesNot, index)));
        Assert.Empty(batch.Complete());
    }

    [Theory]
    [InlineData("10.0.0.0/8", 2100)]
    [InlineData("10.0.0.0/8", 4000)]
    [InlineData("fd00:8::/64", 1300)]
    public void One_that_is_longer_is_told_at_once(string prefix, int hops)
    {
        using Rig rig = WithVeth(out int index);
        rig.Ns.Ip("address add 192.168.0.1/16 dev v0");
        WriteUnchecked(rig.Connection, Long(prefix, hops, index));
        foreach (uint table in new[] { RouteTable.Main, 0u })
        {
            using NetlinkConnection connection = rig.Open();
            Stopwatch watch = Stopwatch.StartNew();
            NetlinkException told = Assert.Throws<NetlinkException>(
                () => connection.Routes.List(new RouteFilter { Table = table }).Count());
            Assert.Equal(Errno.EMSGSIZE, told.Errno);
            Assert.Contains("next hops", told.Message);
            Assert.InRange(watch.ElapsedMilliseconds, 0, 5000);
        }
    }

    private static void WriteUnchecked(NetlinkConnection connection, Route route)
    {
        NetlinkWriter request = connection.Begin(RTM.RTM_NEWROUTE, RouteOperations.FlagsOf(RouteChange.Add));
        RouteMessage.Write(ref request, route);
        connection.Execute(ref request, RouteOperations.OperationOf(RouteChange.Add, route.Family));
    }

    private static Route Long(string prefix, int hops, int index) => new()
    {
        Destination = Prefix(prefix),
        NextHops =
        [
            .. Enumerable.Range(2, hops).Select(i => new NextHop
            {
                Gateway = Address(prefix.Contains(':') ? $"fd00::{i:x}" : $"192.168.{i >> 8}.{i & 255}"),
                InterfaceIndex = index,
            }),
        ],
    };
}
