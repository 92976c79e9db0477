using System.Text;
using System.Text.Json;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Transport;
using EgressNet.Testing;
using Xunit;
using static EgressNet.Netlink.Tests.Kernel.Rig;

namespace EgressNet.Netlink.Tests.Kernel;

public sealed class LinkTests
{
    [Fact]
    public void What_ip_creates_is_read()
    {
        using Rig rig = new();
        rig.Ns.Ip("link add v0 address 02:00:5e:00:00:01 mtu 9001 txqueuelen 77 type veth peer name v1");
        rig.Ns.Ip("link set v0 alias hello group 5 up");
        rig.Ns.Ip("link set v1 up");
        Eventually.True(() => rig.Connection.Links.Get("v0").OperationalState == OperationalState.Up);

        Link link = rig.Connection.Links.Get("v0");
        JsonElement ip = rig.Ns.IpJson("link show dev v0")[0];
        Assert.Equal(ip.GetProperty("ifindex").GetInt32(), link.Index);
        Assert.Equal(("v0", "veth", "hello", 5u), (link.Name, link.Kind, link.Alias, link.Group));
        Assert.Equal((9001u, 77u), (link.Mtu, link.TransmitQueueLength));
        Assert.Equal(ip.GetProperty("address").GetString(), link.MacAddress.ToString());
        Assert.Equal(rig.IndexOf("v1"), link.PeerIndex);
        Assert.Null(link.PeerNamespaceId);
        Assert.Equal((true, true, (ushort)1), (link.IsUp, link.HasCarrier, link.HardwareType));
        Assert.Equal(ip.GetProperty("operstate").GetString(), link.OperationalState.ToString().ToUpperInvariant());
    }

    [Fact]
    public void The_list_is_that_of_ip_and_can_be_of_one_kind()
    {
        using Rig rig = new();
        rig.Ns.Ip("link add v0 type veth peer name v1");
        rig.Ns.Ip("link add br0 type bridge");

        Assert.Equal(
            rig.Ns.IpJson("link show").EnumerateArray().Select(link => link.GetProperty("ifname").GetString()),
            rig.Connection.Links.List().Select(link => link.Name));
        Assert.Equal(["v0", "v1"], rig.Connection.Links.List("veth").Select(link => link.Name).Order());
        Assert.Empty(rig.Connection.Links.List("vxlan"));
    }

    [Fact]
    public void A_taken_name_is_refused_and_its_link_is_untouched()
    {
        using Rig rig = new();
        rig.Ns.Ip("link add name a mtu 1400 type bridge");
        string before = rig.Ns.IpJson("link show dev a").ToString();

        Assert.Equal(17, Errno(() => rig.Connection.Links.Create(New("a", "bridge"))));
        Assert.Equal(17, Errno(() => rig.Connection.Links.CreateVeth(
            new VethEnd { Name = "a", Mtu = 1300 }, new VethEnd { Name = "b" })));
        Assert.Equal(before, rig.Ns.IpJson("link show dev a").ToString());
        Assert.Null(rig.Connection.Links.Find("b"));
    }

    [Fact]
    public void A_change_whose_later_part_is_refused_keeps_its_earlier_part()
    {
        using Rig rig = WithVeth(out int index);

        Assert.ThrowsAny<NetlinkException>(() =>
            rig.Connection.Links.Set(index, new LinkChange { Mtu = 1300, MasterIndex = rig.IndexOf("v1") }));
        Assert.Equal(1300u, rig.Connection.Links.Get(index).Mtu);
    }

    [Fact]
    public void Up_and_down_leave_the_other_flags_alone()
    {
        using Rig rig = WithVeth(out int index);
        rig.Ns.Ip("link set v0 promisc on arp off");

        rig.Connection.Links.Set(index, new LinkChange { Up = false });
        Assert.Equal(["NOARP", "PROMISC"], FlagsOf(rig, "v0").Intersect(["NOARP", "PROMISC", "UP"]).Order());
        rig.Connection.Links.Set(index, new LinkChange { Up = true });
        Assert.Equal(["NOARP", "PROMISC", "UP"], FlagsOf(rig, "v0").Intersect(["NOARP", "PROMISC", "UP"]).Order());
        rig.Connection.Links.Set(index, new LinkChange { Mtu = 1400 });
        Assert.Contains("UP", FlagsOf(rig, "v0"));
    }

    [Fact]
    public void Everything_that_can_be_changed_is_seen_by_ip()
    {
        using Rig rig = WithVeth(out int index);
        rig.Ns.Ip("link add br0 type bridge");
        Assert.True(MacAddress.TryParse("02:00:5e:00:00:07", out MacAddress mac));
        // Before Linux 6.2 a link must be down before it is renamed.
        rig.Connection.Links.Set(index, new LinkChange { Up = false });
        rig.Connection.Links.Set(index, new LinkChange
        {
            Name = "renamed",
            Mtu = 1280,
            MacAddress = mac,
            TransmitQueueLength = 12,
            Alias = "é text",
            MasterIndex = rig.IndexOf("br0"),
        });

        JsonElement ip = rig.Ns.IpJson("link show dev renamed")[0];
        Assert.Equal(index, ip.GetProperty("ifindex").GetInt32());
        Assert.Equal((1280, 12), (ip.GetProperty("mtu").GetInt32(), ip.GetProperty("txqlen").GetInt32()));
        Assert.Equal("02:00:5e:00:00:07", ip.GetProperty("address").GetString());
        Assert.Equal("é text", ip.GetProperty("ifalias").GetString());
        Assert.Equal("br0", ip.GetProperty("master").GetString());
        Assert.Equal("bridge", rig.Connection.Links.Get(index).PortKind);
        Assert.DoesNotContain("UP", FlagsOf(rig, "renamed"));
    }

    [Fact]
    public void Master_and_alias_are_taken_away()
    {
        using Rig rig = WithVeth(out int index);
        rig.Ns.Ip("link add br0 type bridge");
        rig.Ns.Ip("link set v0 master br0 alias text");
        rig.Connection.Links.Set(index, new LinkChange { MasterIndex = 0, Alias = "" });

        JsonElement ip = rig.Ns.IpJson("link show dev v0")[0];
        Assert.False(ip.TryGetProperty("master", out _));
        Assert.False(ip.TryGetProperty("ifalias", out _));
        Assert.Equal((0, null, null), (rig.Connection.Links.Get(index).MasterIndex, rig.Connection.Links.Get(index).Alias,
            rig.Connection.Links.Get(index).PortKind));
    }

    [Fact]
    public void Refusals_have_the_errno_that_callers_rely_on()
    {
        using Rig rig = WithVeth(out int index);
        LinkOperations links = rig.Connection.Links;

        Assert.Equal(95, Errno(() => rig.Connection.Links.Create(New("x", "nosuchkind"))));
        Assert.Equal(19, Errno(() => rig.Connection.Links.Get("absent")));
        Assert.Equal(19, Errno(() => rig.Connection.Links.Get(4242)));
        Assert.Equal(19, Errno(() => rig.Connection.Links.Delete(4242)));
        Assert.Equal(19, Errno(() => rig.Connection.Links.Set(4242, new LinkChange { Up = true })));
        Assert.Equal(95, Errno(() => rig.Connection.Links.Delete(1)));
        Assert.Equal(22, Errno(() => rig.Connection.Links.Set(index, new LinkChange { Mtu = 67 })));
        Assert.True(MacAddress.TryParse("01:00:5e:00:00:01", out MacAddress multicast));
        Assert.Equal(99, Errno(() => rig.Connection.Links.Set(index, new LinkChange { MacAddress = multicast })));
        Assert.Null(links.Find("absent"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Without_an_index_nothing_is_deleted_or_changed(int index)
    {
        using Rig rig = WithVeth(out _);

        Assert.Throws<ArgumentOutOfRangeException>(() => rig.Connection.Links.Delete(index));
        Assert.Throws<ArgumentOutOfRangeException>(() => rig.Connection.Links.Set(index, new LinkChange { Up = false }));
        Assert.Equal(3, rig.Connection.Links.List().Count(link => link.Name is "lo" or "v0" or "v1"));
    }

    [Fact]
    public void A_veth_is_operational_only_with_both_ends_up()
    {
        using Rig rig = WithVeth(out int index);
        Eventually.True(() => rig.Connection.Links.Get(index).OperationalState == OperationalState.Up);

        rig.Connection.Links.Set(rig.IndexOf("v1"), new LinkChange { Up = false });
        Eventually.True(() => rig.Connection.Links.Get(index).OperationalState == OperationalState.LowerLayerDown);
        Link link = rig.Connection.Links.Get(index);
        Assert.Equal((true, false), (link.IsUp, link.HasCarrier));
    }

    [Fact]
    public void A_link_is_found_by_any_of_its_names()
    {
        using Rig rig = WithVeth(out int index);
        string longName = new('n', 127);
        rig.Ns.Ip("link property add dev v0 altname short altname " + longName);

        Assert.Equal(index, rig.Connection.Links.Get("short").Index);
        Assert.Equal(index, rig.Connection.Links.Get(longName).Index);
        Assert.Equal(["short", longName], rig.Connection.Links.Get(index).AlternativeNames);
        Assert.Null(rig.Connection.Links.Find(new string('m', 127)));
        Assert.Null(rig.Connection.Links.Find(new string('m', 128)));
        Assert.Null(rig.Connection.Links.Find(new string('m', 5000)));
        Assert.Null(rig.Connection.Links.Find(""));
    }

    [Fact]
    public void A_name_of_15_bytes_fits_and_one_of_16_is_refused()
    {
        using Rig rig = new();
        rig.Connection.Links.Create(New("fifteen-bytes-x", "bridge"));

        Assert.Equal("fifteen-bytes-x", rig.Ns.IpJson("link show type bridge")[0].GetProperty("ifname").GetString());
        Assert.Equal(34, Errno(() => rig.Connection.Links.Create(New("sixteen-bytes-xy", "bridge"))));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a:b")]
    [InlineData("a b")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a%sb")]
    public void What_is_no_name_is_refused_by_the_kernel_and_known_here(string name)
    {
        using Rig rig = new();

        Assert.Equal(22, Errno(() => rig.Connection.Links.Create(New(name, "bridge"))));
        Assert.NotNull(InterfaceName.Validate(name));
    }

    [Fact]
    public void A_template_takes_the_first_free_number()
    {
        using Rig rig = new();
        rig.Ns.Ip("link add x0y type bridge");
        rig.Connection.Links.Create(New("x%dy", "bridge"));

        Assert.NotNull(rig.Connection.Links.Find("x1y"));
        Assert.NotNull(InterfaceName.Validate("x%dy"));
    }

    [Fact]
    public void A_non_UTF8_name_is_shown_marked_and_found_by_bytes_and_index()
    {
        using Rig rig = WithVeth(out int index);
        rig.Ns.Ip("link set v0 down");
        Tool.Run("sh", "-c", $"ip -n {rig.Ns.Name} link set v0 name \"$(printf '\\377\\376x')\"");

        Link link = rig.Connection.Links.Get(index);
        Assert.Equal("\ufffd\ufffdx", link.Name);
        Assert.Equal([0xff, 0xfe, (byte)'x'], link.RawName.ToArray());
        Assert.Equal(index, rig.Connection.Links.Get(link.RawName.Span).Index);
        Assert.Contains(rig.Connection.Links.List(), each => each.Index == index);
        rig.Connection.Links.Set(index, new LinkChange { Name = "plain" });
        Assert.Equal(index, rig.IndexOf("plain"));
    }

    [Fact]
    public void A_port_of_a_bridge_is_listed_once()
    {
        using Rig rig = WithVeth(out int index);
        rig.Ns.Ip("link add br0 type bridge");
        rig.Ns.Ip("link set v0 master br0");

        Assert.Single(rig.Connection.Links.List(), link => link.Index == index);
    }

    [Fact]
    public void Statistics_stay_out_and_the_rest_of_a_link_is_kept_raw()
    {
        using Rig rig = new();
        Link lo = rig.Connection.Links.Get("lo");

        Assert.NotNull(lo.Unknown);
        Assert.DoesNotContain(lo.Unknown, attribute => attribute.Type is 7 or 23);
        ReadOnlyMemory<byte> queueing = lo.Unknown.Single(attribute => attribute.Type == 6).Payload;
        Assert.StartsWith("no", Encoding.ASCII.GetString(queueing.Span), StringComparison.Ordinal);
    }

    private static NewLink New(string name, string kind) => new() { Name = name, Kind = new LinkKind(kind) };

    private static IEnumerable<string?> FlagsOf(Rig rig, string name) =>
        rig.Ns.IpJson($"link show dev {name}")[0].GetProperty("flags").EnumerateArray().Select(flag => flag.GetString());
}
