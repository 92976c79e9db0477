using System.Diagnostics;
using EgressNet.Addresses;
using EgressNet.Changes;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Transport;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.Addresses;

public sealed class AddressAdditionTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("192.0.2.5/24", AddressFlags.None)]
    [InlineData("192.0.2.5/32", AddressFlags.NoPrefixRoute)]
    [InlineData("fd00::5/64", AddressFlags.NoDad)]
    [InlineData("fd00::5/128", AddressFlags.NoDad)]
    public void An_address_can_be_used_on_return(string address, AddressFlags flags)
    {
        using Rig rig = new();
        InterfaceAddress added = new AddressAddition(rig.Conversation).Add(Request(rig, address, flags));
        Assert.Equal(Rig.Prefix(address), added.Local);
        Assert.False(added.Flags.HasFlag(AddressFlags.Tentative));
        Assert.Contains(address, rig.Ns.Ip("address show dev v0"));
        rig.Ns.Exec("ping", "-c1", "-W1", "-n", added.Local.Address.ToString());
    }

    [Fact]
    public void Detection_is_waited_for()
    {
        using Rig rig = new();
        InterfaceAddress added = new AddressAddition(rig.Conversation).Add(Request(rig, "fd00::5/64"));
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
            () => new AddressAddition(rig.Conversation).Add(Request(rig, "fd00::5/64")));

        Assert.True(thrown.IsDuplicate);
        Assert.StartsWith("Address fd00::5/64", thrown.Message);
        Assert.Contains("in use by another host", thrown.Message);
        Assert.DoesNotContain("fd00::5/64", rig.Ns.Ip("address show dev v0"));
    }

    [Fact]
    public void A_timed_out_detection_is_an_error_and_removes_the_address()
    {
        using Rig rig = new();
        Prolong(rig);
        AddressUnusableException thrown = Assert.Throws<AddressUnusableException>(() => new AddressAddition(rig.Conversation)
            .Add(Request(rig, "fd00::5/64") with { Timeout = TimeSpan.FromMilliseconds(100) }));
        Assert.False(thrown.IsDuplicate);
        Assert.Contains("took longer than 0.1 s", thrown.Message);
        Assert.DoesNotContain("fd00::5", rig.Ns.Ip("address show dev v0"));
    }

    [Fact]
    public void A_cancelled_wait_ends_soon_and_removes_the_address()
    {
        using Rig rig = new();
        Prolong(rig);
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(100));
        using Conversation conversation = new(() => NetlinkConnection.Open(rig.Namespace, null, stop.Token));
        long started = Stopwatch.GetTimestamp();
        Assert.ThrowsAny<OperationCanceledException>(
            () => new AddressAddition(conversation, null, stop.Token).Add(Request(rig, "fd00::5/64")));
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1));
        Assert.DoesNotContain("fd00::5", rig.Ns.Ip("address show dev v0"));
    }

    [Fact]
    public void An_interface_that_is_down_is_not_waited_for()
    {
        using Rig rig = new();
        rig.Ns.Ip("link set v0 down");
        long started = Stopwatch.GetTimestamp();
        new AddressAddition(rig.Conversation).Add(Request(rig, "fd00::5/64"));
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1));
        Assert.Contains("fd00::5/64", rig.Ns.Ip("address show dev v0"));
    }

    [Theory, InlineData("192.0.2.5/24"), InlineData("fd00::5/64")]
    public void What_is_there_is_an_error_unless_it_is_to_be_replaced(string address)
    {
        using Rig rig = new();
        AddressAddition addition = new(rig.Conversation);
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
    public void A_failure_or_cancellation_at_any_step_changes_nothing(
        string address, string gateway, bool replace)
    {
        using Rig rig = new();
        Eventually.True(() => !rig.Ns.Ip("address show tentative").Contains("inet6"));
        string family = address.Contains(':') ? "-6" : "-4";
        void Restore()
        {
            rig.Ns.Exec("ip", "address", "flush", "dev", "v0", "scope", "global");
            rig.Ns.Exec("sh", "-c", $"ip {family} route del default 2>/dev/null; true");
            if (replace)
            {
                rig.Ns.Ip($"address add {address} dev v0 noprefixroute {(family == "-6" ? "nodad" : "")}");
                rig.Ns.Ip($"{family} route add default dev v1");
            }
        }

        Restore();
        OperationSweep sweep = new(
            rig.Namespace,
            () => rig.State,
            (conversation, report, stop) => new AddressAddition(conversation, report, stop).Add(
                Request(rig, address, AddressFlags.NoDad) with
                {
                    DefaultGateway = Rig.Address(gateway),
                    Replace = replace,
                }),
            Restore);
        output.WriteLine($"{sweep.Run()} broken and undone");
    }

    [Fact]
    public void Every_change_is_announced_including_route_and_replacement()
    {
        using Rig rig = new();
        rig.Ns.Ip("address add 192.0.2.5/24 dev v0 noprefixroute");
        rig.Ns.Ip("route add default dev v1");
        List<string> told = [];
        new AddressAddition(rig.Conversation, told.Add).Add(
            Request(rig, "192.0.2.5/24") with
            {
                DefaultGateway = Rig.Address("192.0.2.1"),
                Replace = true,
            });
        Assert.Equal(
            [
                "delete address 192.0.2.5/24 dev v0",
                "add address 192.0.2.5/24 dev v0",
                "replace route 0.0.0.0/0 via 192.0.2.1 dev v0",
            ],
            told);
    }

    [Fact]
    public void An_existing_default_route_is_an_error_and_no_address_stays()
    {
        using Rig rig = new();
        rig.Ns.Ip("route add default dev v0");
        NetlinkException refusal = Assert.Throws<NetlinkException>(() => new AddressAddition(rig.Conversation).Add(
            Request(rig, "192.0.2.5/24") with { DefaultGateway = Rig.Address("192.0.2.1") }));
        Assert.True(refusal.IsAlreadyThere);
        Assert.DoesNotContain("192.0.2.5", rig.State);
    }

    private static void Prolong(Rig rig) =>
        rig.Ns.Exec("sh", "-c", "echo 100 > /proc/sys/net/ipv6/conf/v0/dad_transmits");

    private static AddressRequest Request(Rig rig, string address, AddressFlags flags = AddressFlags.None) => new()
    {
        InterfaceName = "v0",
        Address = new InterfaceAddress
        {
            Local = Rig.Prefix(address),
            InterfaceIndex = rig.Index,
            Flags = address.Contains(':') ? flags : flags & ~AddressFlags.NoDad,
        },
    };
}
