using System.Text.Json;
using System.Text.RegularExpressions;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Testing;
using Xunit;
using static EgressNet.Netlink.Tests.Kernel.Rig;

namespace EgressNet.Netlink.Tests.Kernel;

public sealed class AddressTests
{
    /// <summary>Arguments of <c>ip address add … dev v0</c>.</summary>
    public static readonly TheoryData<string> Kinds =
    [
        "10.0.0.1/24",
        "10.0.0.1/32",
        "10.0.0.1/31",
        "10.0.0.1/24 brd +",
        "10.0.0.1/24 brd 10.0.0.7",
        "10.0.0.1 peer 10.0.0.2",
        "10.0.0.1 peer 10.1.0.0/16",
        "10.0.0.1/24 label v0:web",
        "10.0.0.1/24 scope link",
        "10.0.0.1/24 noprefixroute",
        "10.0.0.1/24 metric 77",
        "10.0.0.1/24 valid_lft 5050 preferred_lft 4050",
        "10.0.0.1/24 valid_lft 5050 preferred_lft 0",
        "224.0.0.5/32 autojoin",
        "fd00:2::1/64 nodad",
        "fd00:2::1/128 nodad",
        "fd00:2::1 peer fd00:2::2/127 nodad",
        "fd00:2::1/64 nodad noprefixroute",
        "fd00:2::1/64 nodad home",
        "fd00:2::1/64 nodad mngtmpaddr",
        "fd00:2::1/64 nodad metric 77",
        "fd00:2::1/64 nodad valid_lft 5050 preferred_lft 4050",
        "fe80::77/64 nodad",
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_address_added_by_ip_is_read_deleted_and_restored_the_same(string arguments)
    {
        using Rig rig = WithVeth(out int index);
        InterfaceAddress[] others = [.. rig.Connection.Addresses.List()];
        rig.Ns.Ip($"address add {arguments} dev v0");
        string created = Dump(rig);
        InterfaceAddress address = Assert.Single(rig.Connection.Addresses.List(), each => !Known(others, each));

        rig.Connection.Addresses.Delete(address);
        Assert.All(rig.Connection.Addresses.List(), each => Assert.True(Known(others, each)));
        rig.Connection.Addresses.Add(address);
        Assert.Equal(created, Dump(rig));
        Assert.Equal(index, address.InterfaceIndex);
    }

    [Fact]
    public void What_is_added_here_is_what_ip_shows()
    {
        using Rig rig = WithVeth(out int index);
        rig.Connection.Addresses.Add(new InterfaceAddress
        {
            Local = Prefix("10.7.0.1/22"),
            InterfaceIndex = index,
            Broadcast = Address("10.7.3.255"),
            Label = "v0:a",
            Scope = RouteScope.Link,
            Flags = AddressFlags.NoPrefixRoute,
            ValidSeconds = 900,
            PreferredSeconds = 800,
        });

        JsonElement ip = Info(rig, "10.7.0.1");
        Assert.Equal((22, "10.7.3.255", "v0:a", "link"), (
            ip.GetProperty("prefixlen").GetInt32(), ip.GetProperty("broadcast").GetString(),
            ip.GetProperty("label").GetString(), ip.GetProperty("scope").GetString()));
        Assert.True(ip.GetProperty("noprefixroute").GetBoolean());
        Assert.InRange(ip.GetProperty("valid_life_time").GetInt64(), 890, 900);
        Assert.InRange(ip.GetProperty("preferred_life_time").GetInt64(), 790, 800);
    }

    [Theory]
    [InlineData("10.7.0.1/24", "10.7.0.0/24", false)]
    [InlineData("10.7.0.1/24", "10.7.0.0/24", true)]
    [InlineData("fd00:7::1/64", "fd00:7::/64", false)]
    [InlineData("fd00:7::1/64", "fd00:7::/64", true)]
    public void NoPrefixRoute_omits_the_connected_route_not_the_local_one(string prefix, string network, bool without)
    {
        using Rig rig = WithVeth(out int index);
        rig.Connection.Addresses.Add(new InterfaceAddress
        {
            Local = Prefix(prefix),
            InterfaceIndex = index,
            Flags = AddressFlags.NoDad | (without ? AddressFlags.NoPrefixRoute : 0),
        });

        Assert.Equal(without ? 0 : 1, rig.Connection.Routes.List().Count(route => route.Destination == Prefix(network)));

        // IPv6 puts it in from a work queue, even where there is no duplicate detection to wait for.
        Eventually.True(() => rig.Connection.Routes.List(new RouteFilter { Table = RouteTable.Local })
            .Any(route => route.Destination == InetPrefix.Host(Prefix(prefix).Address)));
    }

    [Fact]
    public void One_of_two_prefix_lengths_of_the_same_address_is_deleted()
    {
        using Rig rig = WithVeth(out int index);
        InterfaceAddress wide = new() { Local = Prefix("10.7.0.1/16"), InterfaceIndex = index };
        InterfaceAddress narrow = new() { Local = Prefix("10.7.0.1/24"), InterfaceIndex = index };
        rig.Connection.Addresses.Add(wide);
        rig.Connection.Addresses.Add(narrow);

        rig.Connection.Addresses.Delete(narrow);
        Assert.Equal(16, Info(rig, "10.7.0.1").GetProperty("prefixlen").GetInt32());
        Assert.Equal(99, Errno(() => rig.Connection.Addresses.Delete(narrow)));
        rig.Connection.Addresses.Delete(wide);
        Assert.Equal(JsonValueKind.Undefined, Info(rig, "10.7.0.1").ValueKind);
    }

    [Fact]
    public void IPv6_has_one_prefix_length_an_address()
    {
        using Rig rig = WithVeth(out int index);
        InterfaceAddress narrow = new() { Local = Prefix("fd00:7::1/64"), InterfaceIndex = index };
        rig.Connection.Addresses.Add(narrow);

        Assert.Equal(17, Errno(() => rig.Connection.Addresses.Add(narrow with { Local = Prefix("fd00:7::1/48") })));
        Assert.Equal(64, Info(rig, "fd00:7::1").GetProperty("prefixlen").GetInt32());
    }

    [Fact]
    public void Absent_duplicate_and_deviceless_have_their_errno()
    {
        using Rig rig = WithVeth(out int index);
        InterfaceAddress address = new() { Local = Prefix("10.7.0.1/24"), InterfaceIndex = index };
        InterfaceAddress sixth = new() { Local = Prefix("fd00:7::1/64"), InterfaceIndex = index };

        foreach (InterfaceAddress each in new[] { address, sixth })
        {
            Assert.Equal(99, Errno(() => rig.Connection.Addresses.Delete(each)));
            rig.Connection.Addresses.Add(each);
            Assert.Equal(17, Errno(() => rig.Connection.Addresses.Add(each)));
            Assert.Equal(19, Errno(() => rig.Connection.Addresses.Add(each with { InterfaceIndex = 4242 })));
            Assert.Equal(19, Errno(() => rig.Connection.Addresses.Delete(each with { InterfaceIndex = 4242 })));
        }

    }

    [Fact]
    public void No_broadcast_address_is_made_up()
    {
        using Rig rig = WithVeth(out int index);
        rig.Connection.Addresses.Add(new InterfaceAddress { Local = Prefix("10.7.0.1/24"), InterfaceIndex = index });

        Assert.False(Info(rig, "10.7.0.1").TryGetProperty("broadcast", out _));
        Assert.All(rig.Connection.Addresses.List(AddressFamily.IPv4, index), each => Assert.True(each.Broadcast.IsNone));
    }

    [Fact]
    public void Without_duplicate_detection_an_address_is_usable_at_once()
    {
        using Rig rig = WithVeth(out int index);
        rig.Connection.Addresses.Add(new InterfaceAddress
        {
            Local = Prefix("fd00:7::1/64"),
            InterfaceIndex = index,
            Flags = AddressFlags.NoDad,
        });
        rig.Connection.Addresses.Add(new InterfaceAddress { Local = Prefix("fd00:7::2/64"), InterfaceIndex = index });

        Assert.False(FlagsOf(rig, "fd00:7::1/64").HasFlag(AddressFlags.Tentative));
        Assert.True(FlagsOf(rig, "fd00:7::2/64").HasFlag(AddressFlags.Tentative));
        Eventually.True(() => !FlagsOf(rig, "fd00:7::2/64").HasFlag(AddressFlags.Tentative));
    }

    [Fact]
    public void Secondaries_follow_their_primary_and_are_told_apart()
    {
        using Rig rig = WithVeth(out int index);
        InterfaceAddress primary = new() { Local = Prefix("10.7.0.1/24"), InterfaceIndex = index };
        rig.Connection.Addresses.Add(primary);
        rig.Connection.Addresses.Add(primary with { Local = Prefix("10.7.0.2/24") });
        Assert.False(FlagsOf(rig, "10.7.0.1/24").HasFlag(AddressFlags.Secondary));
        Assert.True(FlagsOf(rig, "10.7.0.2/24").HasFlag(AddressFlags.Secondary));

        rig.Ns.Set("ipv4.conf.all.promote_secondaries=0");
        rig.Ns.Set("ipv4.conf.v0.promote_secondaries=0");
        rig.Connection.Addresses.Delete(primary);
        Assert.DoesNotContain(rig.Connection.Addresses.List(), address => Prefix("10.7.0.0/24").Contains(address.Local.Address));
    }

    [Fact]
    public void A_label_that_does_not_match_is_not_deleted()
    {
        using Rig rig = WithVeth(out int index);
        InterfaceAddress labelled = new() { Local = Prefix("10.7.0.1/24"), InterfaceIndex = index, Label = "v0:a" };
        rig.Connection.Addresses.Add(labelled);

        Assert.Equal(99, Errno(() => rig.Connection.Addresses.Delete(labelled with { Label = "v0:b" })));
        rig.Connection.Addresses.Delete(labelled);
    }

    [Fact]
    public void The_list_is_of_a_family_and_of_an_interface()
    {
        using Rig rig = WithVeth(out int index);

        Assert.All(rig.Connection.Addresses.List(AddressFamily.IPv4), address => Assert.Equal(AddressFamily.IPv4, address.Family));
        Assert.Equal(["192.0.2.1/24"], rig.Connection.Addresses.List(AddressFamily.IPv4, index).Select(a => $"{a.Local}"));
        Assert.All(rig.Connection.Addresses.List(interfaceIndex: index), address => Assert.Equal(index, address.InterfaceIndex));
        Assert.Empty(rig.Connection.Addresses.List(interfaceIndex: 4242));
        Assert.NotEmpty(rig.Connection.Addresses.List());
    }

    [Fact]
    public void An_address_in_its_last_second_can_still_be_deleted()
    {
        using Rig rig = WithVeth(out int index);
        InterfaceAddress address = new() { Local = Prefix("10.7.0.1/24"), InterfaceIndex = index };
        rig.Connection.Addresses.Add(address);

        rig.Connection.Addresses.Delete(address with { ValidSeconds = 0, PreferredSeconds = 0 });
        Assert.Equal(JsonValueKind.Undefined, Info(rig, "10.7.0.1").ValueKind);
    }

    [Fact]
    public void The_protocol_and_the_metric_of_the_connected_route_are_kept()
    {
        Live.RequireKernel(5, 18, "Protocol of an address");
        using Rig rig = WithVeth(out int index);
        foreach (string prefix in new[] { "10.7.0.1/24", "fd00:7::1/64" })
        {
            InterfaceAddress address = new() { Local = Prefix(prefix), InterfaceIndex = index, Protocol = 9, RouteMetric = 55 };
            rig.Connection.Addresses.Add(address);

            InterfaceAddress read = rig.Connection.Addresses.List().Single(each => each.Local == address.Local);
            Assert.Equal((9, 55u), (read.Protocol, read.RouteMetric));
            Assert.Equal(55u, rig.Connection.Routes.List().Single(r => r.Destination == address.Local.Network).Metric);
        }
    }

    [Fact]
    public void A_batch_adds_and_names_the_one_refused()
    {
        using Rig rig = WithVeth(out int index);
        using NetlinkBatch batch = rig.Connection.CreateBatch();
        for (int i = 0; i < 200; i++)
        {
            batch.Add(new InterfaceAddress { Local = Prefix($"10.8.{i}.1/24"), InterfaceIndex = i == 77 ? 4242 : index });
        }

        Assert.Equal((77, 19), Assert.Single(batch.Complete()) is var error ? (error.Index, (int)error.Error.Errno) : default);
        Assert.Equal(199, rig.Connection.Addresses.List().Count(address => Prefix("10.8.0.0/16").Contains(address.Local.Address)));
    }

    private static bool Known(InterfaceAddress[] others, InterfaceAddress address) =>
        others.Any(other => (other.Local, other.InterfaceIndex) == (address.Local, address.InterfaceIndex))
        || address.Local.Address.ToString().StartsWith("fe80::", StringComparison.Ordinal)
            && address.Local.Address.ToString().Length > 12;

    private static AddressFlags FlagsOf(Rig rig, string prefix) =>
        rig.Connection.Addresses.List().Single(address => address.Local == Prefix(prefix)).Flags;

    private static JsonElement Info(Rig rig, string address) =>
        rig.Ns.IpJson("address show dev v0")[0].GetProperty("addr_info").EnumerateArray()
            .FirstOrDefault(info => info.GetProperty("local").GetString() == address);

    // The kernel's own link-local address comes and settles in its own time; lifetimes run on meanwhile.
    private static string Dump(Rig rig) => string.Join('\n',
        rig.Ns.IpJson("address show dev v0")[0].GetProperty("addr_info").EnumerateArray()
            .Where(info =>
                info.GetProperty("local").GetString() is not { Length: > 12 } local
                || !local.StartsWith("fe80::", StringComparison.Ordinal))
            .Select(info => Regex.Replace(info.ToString(), "(life_time\":[0-9]+)[0-9]{2}\\b", "$1xx"))
            .Order());
}
