using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Netfilter;
using Xunit;
using static EgressNet.Netlink.Tests.Netfilter.NfEncoded;
using static EgressNet.Netlink.Tests.Wire.Encoded;

namespace EgressNet.Netlink.Tests.Netfilter;

/// <summary>Expected bytes are those that <c>nft</c> 1.0.6 sends; where it adds a set's number within the transaction,
/// which the kernel needs for nameless sets alone, they leave it out.</summary>
public sealed class NfBytesTests
{
    private const string Inet = "01 00 0000";
    private const string InT = "0600 0100 7400 0000";

    private static readonly NfTable T = new() { Name = "t" };
    private static readonly NfSet V4 = NfSet.AddressMap(T, "v4", AddressFamily.IPv4, NfSetFlags.Timeout);

    [Fact]
    public void A_table()
    {
        // nft add table inet t
        Assert.Equal(Hex(Inet, InT, "0800 0200 00000000"), Item(each => each.Add(T, NfAdd.Ensure), out NLM_F flags));
        Assert.Equal(NLM_F.NLM_F_CREATE, flags);
        Assert.Equal(Hex(Inet, InT), Item(each => each.Delete(T), out flags));
        Assert.Equal((NLM_F)0, flags);
    }

    [Fact]
    public void A_base_chain() =>
        // nft add chain inet t c '{ type nat hook postrouting priority srcnat; policy accept; }'
        Assert.Equal(
            Hex(
                Inet, InT, "0600 0300 6300 0000", "0800 0700 6e617400", "0800 0500 00000001",
                "1400 0480", "0800 0100 00000004", "0800 0200 00000064"),
            Item(each => each.Add(new NfChain
            {
                Table = "t", Name = "c", Type = "nat", Hook = NfHook.PostRouting, Priority = NfChain.SourceNatPriority,
                Policy = NfPolicy.Accept,
            })));

    [Fact]
    public void A_plain_chain()
    {
        // nft add chain inet t d; nft delete chain inet t d; nft flush chain inet t c
        NfChain chain = new() { Table = "t", Name = "d" };
        string named = Hex(Inet, InT, "0600 0300 6400 0000");
        Assert.Equal(named, Item(each => each.Add(chain)));
        Assert.Equal(named, Item(each => each.Delete(chain)));
        Assert.Equal(Hex(Inet, InT, "0600 0200 6300 0000"), Item(each => each.Clear(chain with { Name = "c" })));
    }

    [Fact]
    public void A_map_of_addresses_with_timeouts() =>
        // nft add map inet t v4 '{ type ipv4_addr : ipv4_addr; flags timeout; }'
        Assert.Equal(
            Hex(
                Inet, InT, "0700 0200 763400 00", "0800 0300 00000018", "0800 0400 00000007", "0800 0500 00000004",
                "0800 0600 00000007", "0800 0700 00000004", "0800 0a00 00000001",
                "1600 0d00 000402000000 010402000000 060400000000 0000"),
            Item(each => each.Add(V4)));

    [Fact]
    public void A_map_of_IPv6_addresses() =>
        Assert.Equal(
            Hex(
                Inet, InT, "0700 0200 763600 00", "0800 0300 00000008", "0800 0400 00000008", "0800 0500 00000010",
                "0800 0600 00000008", "0800 0700 00000010", "0800 0a00 00000001",
                "1600 0d00 000402000000 010402000000 060400000000 0000"),
            Item(each => each.Add(NfSet.AddressMap(T, "v6", AddressFamily.IPv6))));

    [Fact]
    public void A_map_of_verdicts() =>
        // nft add map inet t vm '{ type ipv4_addr : verdict; }'
        Assert.Equal(
            Hex(
                Inet, InT, "0700 0200 766d00 00", "0800 0300 00000008", "0800 0400 00000007", "0800 0500 00000004",
                "0800 0600 ffffff00", "0800 0700 00000000", "0800 0a00 00000001",
                "1600 0d00 000402000000 010400000000 060400000000 0000"),
            Item(each => each.Add(NfSet.VerdictMap(T, "vm", AddressFamily.IPv4))));

    [Fact]
    public void A_set_with_a_size_and_a_timeout()
    {
        // nft add set inet t z '{ type ipv6_addr; timeout 5s; size 99; }'; nft flush set inet t z, its names swapped
        NfSet set = NfSet.OfAddresses(T, "z", AddressFamily.IPv6, NfSetFlags.Timeout) with
        {
            Size = 99, Timeout = TimeSpan.FromSeconds(5),
        };
        Assert.Equal(
            Hex(
                Inet, InT, "0600 0200 7a00 0000", "0800 0300 00000010", "0800 0400 00000008", "0800 0500 00000010",
                "0800 0a00 00000001", "0c00 0980 0800 0100 00000063", "0c00 0b00 0000000000001388",
                "0a00 0d00 000402000000 0000"),
            Item(each => each.Add(set)));
        Assert.Equal(Hex(Inet, InT, "0600 0200 7a00 0000"), Item(each => each.Clear(set)));
        Assert.Equal(Hex(Inet, InT, "0600 0200 7a00 0000"), Item(each => each.Delete(set)));
    }

    [Fact]
    public void An_element_with_a_timeout_and_a_comment() =>
        // nft add element inet t v4 '{ 10.0.0.2 timeout 1h comment "owner" : 192.0.2.1 }'
        Assert.Equal(
            Hex(
                Inet, InT, "0700 0200 763400 00", "3800 0380", "3400 0180", "0c00 0400 000000000036ee80",
                "0c00 0180 0800 0100 0a000002", "0c00 0280 0800 0100 c0000201", "0c00 0600 00 06 6f776e657200"),
            Item(
                each => each.Add(V4, new NfElement
                {
                    Key = InetAddress.Parse("10.0.0.2"), Value = InetAddress.Parse("192.0.2.1"),
                    Timeout = TimeSpan.FromHours(1), UserData = NfUserData.Empty.WithComment("owner"),
                }),
                out _));

    [Fact]
    public void An_element_to_be_deleted_goes_by_its_key_alone() =>
        // nft delete element inet t v4 '{ 10.0.0.2 }'
        Assert.Equal(
            Hex(Inet, InT, "0700 0200 763400 00", "1400 0380", "1000 0180", "0c00 0180 0800 0100 0a000002"),
            Item(each => each.Delete(V4, new NfElement
            {
                Key = InetAddress.Parse("10.0.0.2"), Value = InetAddress.Parse("192.0.2.1"),
                Timeout = TimeSpan.FromHours(1), UserData = NfUserData.Empty.WithComment("owner"),
            })));

    [Fact]
    public void Verdicts_as_data() =>
        // nft add element inet t vm '{ 10.0.0.9 : accept, 10.0.0.8 : jump other }', all entries of the list of type 1
        Assert.Equal(
            Hex(
                Inet, InT, "0700 0200 766d00 00", "5000 0380",
                "2000 0180 0c00 0180 0800 0100 0a000009 1000 0280 0c00 0280 0800 0100 00000001",
                "2c00 0180 0c00 0180 0800 0100 0a000008",
                "1c00 0280 1800 0280 0800 0100 fffffffd 0a00 0200 6f7468657200 0000"),
            Item(each => each.Add(NfSet.VerdictMap(T, "vm", AddressFamily.IPv4),
            [
                new NfElement { Key = InetAddress.Parse("10.0.0.9"), Verdict = NfVerdict.Accept },
                new NfElement { Key = InetAddress.Parse("10.0.0.8"), Verdict = NfVerdict.Jump("other") },
            ])));

    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0", "11.0.0.0")]
    [InlineData("192.168.0.0/16", "192.168.0.0", "192.169.0.0")]
    [InlineData("10.255.255.255/32", "10.255.255.255", "11.0.0.0")]
    [InlineData("10.1.2.3/9", "10.0.0.0", "10.128.0.0")]
    [InlineData("240.0.0.0/4", "240.0.0.0", null)]
    [InlineData("0.0.0.0/0", "0.0.0.0", null)]
    [InlineData("ff00::/8", "ff00::", null)]
    [InlineData("fe80::/10", "fe80::", "fec0::")]
    public void A_prefix_is_a_start_and_the_address_behind(string prefix, string start, string? end) =>
        Assert.Equal(
            end is null
                ? [new NfElement { Key = InetAddress.Parse(start) }]
                : [
                    new NfElement { Key = InetAddress.Parse(start) },
                    new NfElement { Key = InetAddress.Parse(end), IsIntervalEnd = true },
                ],
            NfElement.OfPrefix(InetPrefix.Parse(prefix)));

    [Fact]
    public void User_data_is_read_as_far_as_it_is_fields()
    {
        NfUserData data = NfUserData.Empty.WithComment("é").With(200, [1, 2, 3]);
        Assert.Equal("0003c3a900c803010203", Convert.ToHexStringLower(data.Bytes));
        Assert.Equal("é", data.Comment);
        Assert.Equal([1, 2, 3], data.Field(200)!);
        Assert.Null(data.Field(9));
        Assert.Null(new NfUserData([200, 4, 1, 2]).Field(200));
        Assert.Null(new NfUserData([200]).Comment);
        Assert.Throws<ArgumentException>(() => NfUserData.Empty.With(1, new byte[255]));
        Assert.Throws<ArgumentException>(() => NfUserData.Empty.WithComment(new string('x', 128)));
    }
}
