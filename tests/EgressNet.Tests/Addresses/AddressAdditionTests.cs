using System.Diagnostics;
using EgressNet.Addresses;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.Addresses;

public sealed class AddressAdditionTests
{
    [Theory]
    [InlineData("192.0.2.5/24", AddressFlags.None)]
    [InlineData("192.0.2.5/32", AddressFlags.NoPrefixRoute)]
    [InlineData("fd00::5/64", AddressFlags.NoDad)]
    [InlineData("fd00::5/128", AddressFlags.NoDad)]
    public void An_address_can_be_used_on_return(string address, AddressFlags flags)
    {
        using Rig rig = new();
        InterfaceAddress added = new AddressAddition(rig.Connection).Add(Request(rig, address, flags));
        Assert.Equal(Rig.Prefix(address), added.Local);
        Assert.False(added.Flags.HasFlag(AddressFlags.Tentative));
        Assert.Contains(address, rig.Ns.Ip("address show dev v0"));
        rig.Ns.Exec("ping", "-c1", "-W1", "-n", added.Local.Address.ToString());
    }

    [Fact]
    public void Detection_is_waited_for()
    {
        using Rig rig = new();
        InterfaceAddress added = new AddressAddition(rig.Connection).Add(Request(rig, "fd00::5/64"));
        Assert.False(added.Flags.HasFlag(AddressFlags.Tentative));
        Assert.DoesNotContain("fd00::5", rig.Ns.Ip("address show dev v0 tentative"));
    }

    [Fact]
    public void A_duplicate_is_told_and_taken_away()
    {
        using LiveNamespace neighbour = new();
        using Rig rig = new();
        rig.Ns.Ip($"link set v1 netns {neighbour}");
        neighbour.Ip("link set v1 up");
        neighbour.Ip("address add fd00::5/64 dev v1 nodad");
        Eventually.True(() => rig.Ns.Ip("link show v0").Contains("LOWER_UP"));

        AddressUnusableException thrown = Assert.Throws<AddressUnusableException>(
            () => new AddressAddition(rig.Connection).Add(Request(rig, "fd00::5/64")));

        Assert.True(thrown.IsDuplicate);
        Assert.StartsWith("Address fd00::5/64", thrown.Message);
        Assert.Contains("in use by another host", thrown.Message);
        Assert.DoesNotContain("fd00::5/64", rig.Ns.Ip("address show dev v0"));
    }

    [Fact]
    public void Detection_that_takes_too_long_is_told_and_the_address_taken_away()
    {
        using Rig rig = new();
        Prolong(rig);
        AddressUnusableException thrown = Assert.Throws<AddressUnusableException>(() => new AddressAddition(rig.Connection)
            .Add(Request(rig, "fd00::5/64") with { Timeout = TimeSpan.FromMilliseconds(100) }));
        Assert.False(thrown.IsDuplicate);
        Assert.Contains("took longer than 0.1 s", thrown.Message);
        Assert.DoesNotContain("fd00::5", rig.Ns.Ip("address show dev v0"));
    }

    [Fact]
    public void A_wait_that_is_cancelled_ends_soon_and_takes_the_address_away()
    {
        using Rig rig = new();
        Prolong(rig);
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(100));
        using NetlinkConnection connection = NetlinkConnection.Open(
            NetNamespace.FromName(rig.Ns.Name), null, stop.Token);
        long started = Stopwatch.GetTimestamp();
        Assert.ThrowsAny<OperationCanceledException>(
            () => new AddressAddition(connection, stop.Token).Add(Request(rig, "fd00::5/64")));
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1));
        Assert.DoesNotContain("fd00::5", rig.Ns.Ip("address show dev v0"));
    }

    [Fact]
    public void An_interface_that_is_down_is_not_waited_for()
    {
        using Rig rig = new();
        rig.Ns.Ip("link set v0 down");
        long started = Stopwatch.GetTimestamp();
        new AddressAddition(rig.Connection).Add(Request(rig, "fd00::5/64"));
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1));
        Assert.Contains("fd00::5/64", rig.Ns.Ip("address show dev v0"));
    }

    [Theory, InlineData("192.0.2.5/24"), InlineData("fd00::5/64")]
    public void What_is_there_is_an_error_unless_it_is_to_be_replaced(string address)
    {
        using Rig rig = new();
        AddressAddition addition = new(rig.Connection);
        AddressRequest request = Request(rig, address, AddressFlags.NoDad);
        addition.Add(request);
        string before = rig.State;
        Assert.True(Assert.Throws<NetlinkException>(() => addition.Add(request)).IsAlreadyThere);
        Assert.Equal(before, rig.State);

        InterfaceAddress replaced = addition.Add(request with
        {
            Replace = true,
            Address = request.Address with { Flags = AddressFlags.NoDad | AddressFlags.NoPrefixRoute },
        });
        Assert.True(replaced.Flags.HasFlag(AddressFlags.NoPrefixRoute));
        Assert.Single(rig.Lines("-o address show dev v0"), line => line.Contains(address));
    }

    [Theory]
    [InlineData("192.0.2.5/24", "192.0.2.1", false)]
    [InlineData("fd00::5/64", "fd00::1", false)]
    [InlineData("192.0.2.5/24", "192.0.2.1", true)]
    [InlineData("fd00::5/64", "fd00::1", true)]
    public void A_refusal_at_any_step_leaves_everything_as_it_was(string address, string gateway, bool replace)
    {
        using Rig rig = new();
        Eventually.True(() => !rig.Ns.Ip("address show tentative").Contains("inet6"));
        if (replace)
        {
            rig.Ns.Ip($"address add {address} dev v0 nodad");
        }

        string before = rig.State;
        for (int step = 1; ; step++)
        {
            using FaultyTransport faults = FaultyTransport.Open(rig.Ns.Name);
            using NetlinkConnection faulty = new(faults);
            faults.FailAt = step;
            Exception? thrown = Record.Exception(() => new AddressAddition(faulty).Add(
                Request(rig, address, AddressFlags.NoDad) with
                {
                    DefaultGateway = Rig.Address(gateway),
                    Replace = replace,
                }));
            if (!faults.HasFailed)
            {
                Assert.Null(thrown);
                Assert.Contains($"default via {gateway}", rig.State);
                return;
            }

            Assert.IsType<NetlinkException>(thrown);
            Assert.Equal(Lasting(before), Lasting(rig.State));
        }
    }

    [Fact]
    public void A_default_route_that_is_there_is_an_error_and_no_address_stays()
    {
        using Rig rig = new();
        rig.Ns.Ip("route add default dev v0");
        NetlinkException refusal = Assert.Throws<NetlinkException>(() => new AddressAddition(rig.Connection).Add(
            Request(rig, "192.0.2.5/24") with { DefaultGateway = Rig.Address("192.0.2.1") }));
        Assert.True(refusal.IsAlreadyThere);
        Assert.DoesNotContain("192.0.2.5", rig.State);
    }

    // A restored address or route may stand in another place of the list.
    private static IEnumerable<string> Lasting(string state) =>
        state.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()).Order();

    private static void Prolong(Rig rig) =>
        rig.Ns.Exec("sh", "-c", "echo 100 > /proc/sys/net/ipv6/conf/v0/dad_transmits");

    private static AddressRequest Request(Rig rig, string address, AddressFlags flags = AddressFlags.None) => new()
    {
        Address = new InterfaceAddress
        {
            Local = Rig.Prefix(address),
            InterfaceIndex = rig.Index,
            Flags = address.Contains(':') ? flags : flags & ~AddressFlags.NoDad,
        },
    };
}
