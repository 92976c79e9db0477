using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Wire;
using Xunit;

namespace EgressNet.Netlink.Tests.Wire;

/// <summary>The options of each kind beside those in the messages of iproute2 6.1, for kinds that a kernel may lack.
/// </summary>
public sealed class LinkKindBytesTests
{
    private static readonly Link s_loopback = new() { Index = 1, Name = "lo", RawName = "lo"u8.ToArray() };

    public static TheoryData<string, string> Kinds => new()
    {
        { "bridge", "" },
        { "bridge stp_state 1 vlan_filtering 1", "08000500010000000500070001000000" },
        { "dummy", "" },
        { "veth peer name q1", "1c000100000000000000000000000000000000000700030071310000" },
        { "macvlan mode bridge", "0800010004000000" },
        { "macvtap mode private", "0800010001000000" },
        { "ipvlan mode l2", "0600010000000000" },
        { "vlan id 5", "0600010005000000" },
        {
            "vxlan id 77 remote 10.0.0.2 local 10.0.0.1 dstport 4789",
            "080001004d000000080004000a000001080002000a00000206000f0012b50000"
        },
        {
            "vxlan id 78 remote fd00::2 local fd00::1 dev lo dstport 4789",
            "0800030001000000080001004e00000014001100fd00000000000000000000000000000114001000fd00000000000000000000000000000206"
                + "000f0012b50000"
        },
        { "vrf table 100", "0800010064000000" },
        { "bond mode 802.3ad", "0500010004000000" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Options_are_those_that_ip_sends(string words, string bytes)
    {
        byte[] own = OptionsOf(words switch
        {
            "bridge stp_state 1 vlan_filtering 1" => new BridgeKind { SpanningTree = true, VlanFiltering = true },
            "veth peer name q1" => new VethKind(new VethEnd { Name = "q1" }),
            "macvlan mode bridge" => new MacvlanKind("macvlan", 4),
            "macvtap mode private" => new MacvlanKind("macvtap", 1),
            "ipvlan mode l2" => new IpvlanKind(0),
            "vlan id 5" => new VlanKind(5),
            "vrf table 100" => new VrfKind(100),
            "bond mode 802.3ad" => new BondKind(4),
            _ when words.StartsWith("vxlan id 77", StringComparison.Ordinal) => new VxlanKind(77)
            {
                Remote = InetAddress.Parse("10.0.0.2"), Local = InetAddress.Parse("10.0.0.1"), Port = 4789,
            },
            _ when words.StartsWith("vxlan id 78", StringComparison.Ordinal) => new VxlanKind(78)
            {
                Remote = InetAddress.Parse("fd00::2"), Local = InetAddress.Parse("fd00::1"), Parent = s_loopback, Port = 4789,
            },
            _ => new LinkKind(words),
        });

        Assert.Equal(AttributesOf(Convert.FromHexString(bytes)), AttributesOf(own));
    }

    [Fact]
    public void A_netkit_pair_has_its_mode_and_its_other_end() =>
        Assert.Equal(
            AttributesOf(Convert.FromHexString("08000500000000001c000100000000000000000000000000000000000700030071310000")),
            AttributesOf(OptionsOf(new NetkitKind(new VethEnd { Name = "q1" }, 0))));

    private static byte[] OptionsOf(LinkKind kind)
    {
        NetlinkWriter writer = new(new byte[1024], 0, default, 0);
        int start = writer.Written.Length;
        kind.WriteOptions(ref writer);
        return writer.Written[start..].ToArray();
    }

    private static string[] AttributesOf(byte[] bytes)
    {
        List<string> found = [];
        foreach (NetlinkAttribute attribute in new AttributeReader(bytes))
        {
            found.Add($"{attribute.Type}: {Convert.ToHexString(attribute.Payload)}");
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }
}
