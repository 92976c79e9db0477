using System.Text.Json;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Transport;
using EgressNet.Testing;
using Xunit;
using static EgressNet.Netlink.Tests.Kernel.Rig;

namespace EgressNet.Netlink.Tests.Kernel;

public sealed class VethTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Each_end_is_born_where_it_is_told(bool endElsewhere, bool peerElsewhere)
    {
        using Rig here = new();
        using Rig there = new();
        using Rig third = new();
        here.Connection.Links.CreateVeth(
            new VethEnd { Name = "end", Namespace = endElsewhere ? there.Handle : null, Mtu = 1400, MacAddress = Mac(1) },
            new VethEnd { Name = "peer", Namespace = peerElsewhere ? third.Handle : null, Mtu = 1300, MacAddress = Mac(2) });

        JsonElement end = (endElsewhere ? there : here).Ns.IpJson("link show dev end")[0];
        JsonElement peer = (peerElsewhere ? third : here).Ns.IpJson("link show dev peer")[0];
        Assert.Equal((1400, 1300), (end.GetProperty("mtu").GetInt32(), peer.GetProperty("mtu").GetInt32()));
        Assert.Equal(Mac(1).ToString(), end.GetProperty("address").GetString());
        Assert.Equal(Mac(2).ToString(), peer.GetProperty("address").GetString());
        Assert.Equal(
            (endElsewhere ? 0 : 1) + (peerElsewhere ? 0 : 1), here.Connection.Links.List("veth").Count);
    }

    [Fact]
    public void Both_ends_go_to_one_namespace_elsewhere()
    {
        using Rig here = new();
        using Rig there = new();
        here.Connection.Links.CreateVeth(
            new VethEnd { Name = "a", Namespace = there.Handle }, new VethEnd { Name = "b", Namespace = there.Handle });

        Assert.Empty(here.Connection.Links.List("veth"));
        Assert.Equal(["a", "b"], there.Connection.Links.List("veth").Select(link => link.Name).Order());
        Link a = there.Connection.Links.Get("a");
        Assert.Equal(there.IndexOf("b"), a.PeerIndex);
    }

    [Theory]
    [InlineData("end")]
    [InlineData("peer")]
    public void A_name_taken_at_either_end_leaves_nothing_behind(string taken)
    {
        using Rig here = new();
        using Rig there = new();
        (taken == "end" ? here : there).Ns.Ip($"link add {taken} type bridge");

        Assert.Equal(17, Errno(() => here.Connection.Links.CreateVeth(
            new VethEnd { Name = "end" }, new VethEnd { Name = "peer", Namespace = there.Handle })));
        Assert.Empty(here.Connection.Links.List("veth"));
        Assert.Empty(there.Connection.Links.List("veth"));
    }

    [Fact]
    public void A_bad_value_of_the_peer_leaves_nothing_behind()
    {
        using Rig rig = new();

        Assert.ThrowsAny<NetlinkException>(() => rig.Connection.Links.CreateVeth(
            new VethEnd { Name = "a" }, new VethEnd { Name = "b", Mtu = 10 }));
        Assert.Empty(rig.Connection.Links.List("veth"));
    }

    [Fact]
    public void Chosen_indexes_queues_and_the_first_end_up()
    {
        using Rig rig = new();
        rig.Connection.Links.CreateVeth(
            new VethEnd { Name = "a", Index = 77, TransmitQueueLength = 5 },
            new VethEnd { Name = "b", Index = 78, TransmitQueueLength = 6 },
            up: true);

        JsonElement[] ip = [.. rig.Ns.IpJson("link show type veth").EnumerateArray()];
        Assert.Equal([77, 78], ip.Select(link => link.GetProperty("ifindex").GetInt32()));
        Assert.Equal([5, 6], ip.Select(link => link.GetProperty("txqlen").GetInt32()));
        Assert.Equal((true, false), (rig.Connection.Links.Get("a").IsUp, rig.Connection.Links.Get("b").IsUp));
    }

    [Fact]
    public void A_chosen_count_of_queues()
    {
        using Rig rig = new();
        rig.Connection.Links.CreateVeth(
            new VethEnd { Name = "a", QueueCount = 1 }, new VethEnd { Name = "b", QueueCount = 3 });

        JsonElement[] ip = [.. rig.Ns.IpJson("-d link show type veth").EnumerateArray()];
        // A kernel for one processor (no CONFIG_RPS) keeps the count of receive queues to itself.
        Assert.Equal(
            [("a", 1, 1), ("b", 3, 3)],
            ip.Select(link => (
                link.GetProperty("ifname").GetString(),
                Count(link, "num_tx_queues")!.Value,
                Count(link, "num_rx_queues") ?? Count(link, "num_tx_queues")!.Value)).Order());

        static int? Count(JsonElement link, string name) =>
            link.TryGetProperty(name, out JsonElement count) ? count.GetInt32() : null;
    }

    [Fact]
    public void A_group_is_deleted_as_a_whole_and_nothing_else()
    {
        using Rig here = new();
        using Rig there = new();
        foreach ((string name, uint group) in (ReadOnlySpan<(string, uint)>)[("a", 7), ("b", 7), ("c", 8), ("d", 0)])
        {
            here.Connection.Links.CreateVeth(
                new VethEnd { Name = name, Group = group }, new VethEnd { Name = $"{name}1", Namespace = there.Handle });
        }

        here.Connection.Links.DeleteGroup(7);

        Assert.Equal(["c", "d"], here.Connection.Links.List("veth").Select(link => link.Name).Order());
        Assert.Equal(["c1", "d1"], there.Connection.Links.List("veth").Select(link => link.Name).Order());
        Assert.True(Assert.Throws<NetlinkException>(() => here.Connection.Links.DeleteGroup(7)).IsAbsent);
        Assert.Throws<ArgumentOutOfRangeException>(() => here.Connection.Links.DeleteGroup(0));
    }

    [Fact]
    public void A_group_of_which_one_cannot_be_deleted_stays_as_a_whole()
    {
        using Rig rig = new();
        rig.Connection.Links.CreateVeth(new VethEnd { Name = "a", Group = 7 }, new VethEnd { Name = "b", Group = 7 });
        rig.Ns.Ip("link set lo group 7");

        NetlinkException refused = Assert.Throws<NetlinkException>(() => rig.Connection.Links.DeleteGroup(7));

        Assert.Equal("EOPNOTSUPP", refused.ErrnoName);
        Assert.Equal(2, rig.Connection.Links.List("veth").Count);
    }

    [Fact]
    public void A_template_of_a_name_is_filled_in()
    {
        using Rig rig = new();
        rig.Ns.Ip("link add x0 type bridge");
        rig.Connection.Links.CreateVeth(new VethEnd { Name = "x%d" }, new VethEnd { Name = "y%d" });

        Assert.Equal(["x1", "y0"], rig.Connection.Links.List("veth").Select(link => link.Name).Order());
    }

    [Fact]
    public void The_created_end_is_echoed_with_its_name_and_index()
    {
        Live.RequireKernel(6, 2, "Echo of a created link");
        using Rig rig = new();
        Link? end = rig.Connection.Links.CreateVeth(new VethEnd { Name = "x%d" }, new VethEnd { Name = "y" });

        Assert.NotNull(end);
        Assert.Equal(("x0", rig.IndexOf("x0")), (end.Name, end.Index));
    }

    [Fact]
    public void Peers_with_the_same_index_are_told_apart_by_their_namespace()
    {
        using Rig here = new();
        using Rig there = new();
        here.Connection.Links.CreateVeth(
            new VethEnd { Name = "a", Index = 50 }, new VethEnd { Name = "b", Index = 50, Namespace = there.Handle });

        Link a = here.Connection.Links.Get("a");
        Link b = there.Connection.Links.Get("b");
        Assert.Equal((50, 50, 50, 50), (a.Index, a.PeerIndex, b.Index, b.PeerIndex));
        Assert.NotNull(a.PeerNamespaceId);
        Assert.Equal(
            here.Ns.IpJson("link show dev a")[0].GetProperty("link_netnsid").GetInt32(), a.PeerNamespaceId);
    }

    [Fact]
    public void Deleting_one_end_takes_the_other_with_it()
    {
        using Rig here = new();
        using Rig there = new();
        here.Connection.Links.CreateVeth(new VethEnd { Name = "a" }, new VethEnd { Name = "b", Namespace = there.Handle });
        here.Connection.Links.Delete(here.IndexOf("a"));

        Assert.Empty(here.Connection.Links.List("veth"));
        Assert.Null(there.Connection.Links.Find("b"));
    }

    [Fact]
    public void Deleting_the_local_end_first_frees_the_name_at_once()
    {
        using Rig here = new();
        Rig there = new();
        here.Connection.Links.CreateVeth(new VethEnd { Name = "a" }, new VethEnd { Name = "b", Namespace = there.Handle });
        there.Dispose();
        Eventually.True(() => here.Connection.Links.Find("a") is null);

        using Rig again = new();
        here.Connection.Links.CreateVeth(new VethEnd { Name = "a" }, new VethEnd { Name = "b", Namespace = again.Handle });
        here.Connection.Links.Delete(here.IndexOf("a"));
        here.Connection.Links.CreateVeth(new VethEnd { Name = "a" }, new VethEnd { Name = "b", Namespace = again.Handle });
        Assert.NotNull(again.Connection.Links.Find("b"));
    }

    [Fact]
    public void A_move_can_rename_and_takes_addresses_away()
    {
        using Rig here = WithVeth(out int index);
        using Rig there = new();
        there.Ns.Ip("link add v0 type bridge");

        // EEXIST; EINVAL of older kernels, which take no new name for an empty one.
        int errno = Errno(() => here.Connection.Links.Set(index, new LinkChange { Namespace = there.Handle }));
        Assert.True(errno is 17 or 22, $"{errno}");
        here.Connection.Links.Set(index, new LinkChange { Namespace = there.Handle, Name = "moved" });

        Assert.Null(here.Connection.Links.Find("v0"));
        JsonElement moved = there.Ns.IpJson("address show dev moved")[0];
        Assert.Empty(moved.GetProperty("addr_info").EnumerateArray());
        Assert.DoesNotContain("UP", moved.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()));
    }

    [Fact]
    public void A_move_to_where_the_index_is_taken_gives_another()
    {
        using Rig here = WithVeth(out int index);
        using Rig there = new();
        there.Ns.Ip($"link add taken index {index} type bridge");
        here.Connection.Links.Set(index, new LinkChange { Namespace = there.Handle });

        Assert.NotEqual(index, there.IndexOf("v0"));
        Assert.Equal(index, there.IndexOf("taken"));
    }

    private static MacAddress Mac(int last) => MacAddress.FromBytes([2, 0, 0x5e, 0, 0, (byte)last])!.Value;
}
