using System.Text.Json;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.IPInterfaces;
using Xunit;
using static EgressNet.Netlink.Tests.Kernel.Rig;

namespace EgressNet.Netlink.Tests.Kernel;

public sealed class IPInterfaceTests
{
    [Fact]
    public void Each_interface_has_both_families_in_the_order_of_ip()
    {
        using Rig rig = WithVeth(out _);
        Assert.Equal(
            rig.Ns.IpJson("link show").EnumerateArray().Select(link => link.GetProperty("ifname").GetString())
                .SelectMany(name => (string[])[$"{name} IPv4", $"{name} IPv6"]),
            rig.Connection.IPInterfaces.List().Select(row => $"{row}"));
        Assert.All(rig.Connection.IPInterfaces.List(AddressFamily.IPv6), row => Assert.Equal(AddressFamily.IPv6, row.Family));
    }

    [Theory]
    [InlineData("ipv4.conf.v0.forwarding=1")]
    [InlineData("ipv4.conf.v0.forwarding=0")]
    [InlineData("ipv4.conf.v0.proxy_arp=1")]
    [InlineData("ipv4.conf.v0.rp_filter=0")]
    [InlineData("ipv4.conf.v0.rp_filter=1")]
    [InlineData("ipv4.conf.v0.rp_filter=2")]
    [InlineData("ipv6.conf.v0.forwarding=1")]
    [InlineData("ipv6.conf.v0.mtu=1300")]
    [InlineData("ipv6.conf.v0.accept_ra=0")]
    [InlineData("ipv6.conf.v0.accept_ra=2")]
    [InlineData("ipv6.conf.v0.accept_dad=0")]
    [InlineData("ipv6.conf.v0.accept_dad=2")]
    [InlineData("ipv6.conf.v0.disable_ipv6=1")]
    public void What_is_set_below_proc_is_read(string setting)
    {
        using Rig rig = WithVeth(out int index);
        rig.Ns.Set(setting);
        string[] parts = setting.Split('.', '=');
        AddressFamily family = parts[0] == "ipv4" ? AddressFamily.IPv4 : AddressFamily.IPv6;
        IPInterface row = Assert.Single(rig.Connection.IPInterfaces.Get(index, family));
        int? seen = parts[3] switch
        {
            "forwarding" => row.Forwarding ? 1 : 0,
            "proxy_arp" => row.ProxyArp == true ? 1 : 0,
            "rp_filter" => (int?)row.RpFilter,
            "mtu" => (int)row.Mtu,
            "accept_ra" => (int?)row.AcceptRa,
            "accept_dad" => (int?)row.Dad,
            _ => row.IsDisabled == true ? 1 : 0,
        };
        Assert.Equal(int.Parse(parts[4]), seen);
    }

    [Fact]
    public void An_MTU_too_small_for_IPv6_leaves_IPv4_alone()
    {
        using Rig rig = WithVeth(out int index);
        rig.Ns.Ip("link set v0 mtu 1000");
        JsonElement ip = rig.Ns.IpJson("link show dev v0")[0];
        IPInterface row = Assert.Single(rig.Connection.IPInterfaces.Get(index));
        Assert.Equal((AddressFamily.IPv4, ip.GetProperty("mtu").GetUInt32(), true), (row.Family, row.Mtu, row.IsConnected));
        Assert.Null(row.AcceptRa);
    }

    [Fact]
    public void What_is_down_is_not_connected_and_what_is_gone_is_an_error()
    {
        using Rig rig = WithVeth(out int index);
        rig.Ns.Ip("link set v1 down");
        Assert.All(rig.Connection.IPInterfaces.Get(index), row => Assert.False(row.IsConnected));
        Assert.Equal(19, Errno(() => rig.Connection.IPInterfaces.Get(4242)));
    }
}
