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

    private static readonly NfTable s_t = new() { Name = "t" };
    private static readonly NfSet s_v4 = NfSet.AddressMap(s_t, "v4", AddressFamily.IPv4);

    [Fact]
    public void A_table()
    {
        // nft add table inet t
        Assert.Equal(Hex(Inet, InT, "0800 0200 00000000"), Item(each => each.Add(s_t, NfAdd.Ensure), out NLM_F flags));
        Assert.Equal(NLM_F.NLM_F_CREATE, flags);
        Assert.Equal(Hex(Inet, InT), Item(each => each.Delete(s_t), out flags));
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
                Table = "t",
                Name = "c",
                Type = "nat",
                Hook = NfHook.PostRouting,
                Priority = NfChain.SourceNatPriority,
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
    public void A_map_of_addresses() =>
        // nft add map inet t v4 '{ type ipv4_addr : ipv4_addr; }'
        Assert.Equal(
            Hex(
                Inet, InT, "0700 0200 763400 00", "0800 0300 00000008", "0800 0400 00000007", "0800 0500 00000004",
                "0800 0600 00000007", "0800 0700 00000004", "0800 0a00 00000001",
                "1600 0d00 000402000000 010402000000 060400000000 0000"),
            Item(each => each.Add(s_v4)));

    [Fact]
    public void A_map_of_IPv6_addresses() =>
        Assert.Equal(
            Hex(
                Inet, InT, "0700 0200 763600 00", "0800 0300 00000008", "0800 0400 00000008", "0800 0500 00000010",
                "0800 0600 00000008", "0800 0700 00000010", "0800 0a00 00000001",
                "1600 0d00 000402000000 010402000000 060400000000 0000"),
            Item(each => each.Add(NfSet.AddressMap(s_t, "v6", AddressFamily.IPv6))));

    [Fact]
    public void A_set_of_addresses()
    {
        // nft add set inet t z '{ type ipv6_addr; }'
        NfSet set = NfSet.OfAddresses(s_t, "z", AddressFamily.IPv6);
        Assert.Equal(
            Hex(
                Inet, InT, "0600 0200 7a00 0000", "0800 0300 00000000", "0800 0400 00000008", "0800 0500 00000010",
                "0800 0a00 00000001", "0a00 0d00 000402000000 0000"),
            Item(each => each.Add(set)));
        Assert.Equal(Hex(Inet, InT, "0600 0200 7a00 0000"), Item(each => each.Delete(set)));
    }

    [Fact]
    public void A_size_and_a_timeout_are_read()
    {
        // nft add set inet t z '{ type ipv6_addr; timeout 5s; size 99; }'
        string hex = Hex(
            Inet, InT, "0600 0200 7a00 0000", "0800 0300 00000010", "0800 0400 00000008", "0800 0500 00000010",
            "0800 0a00 00000001", "0c00 0980 0800 0100 00000063", "0c00 0b00 0000000000001388",
            "0a00 0d00 000402000000 0000");
        Assert.True(NfSet.TryRead(Message(NfMessageType.NewSet, hex), out NfSet read));
        Assert.Equal((99u, 5000ul), (read.Description.Size, read.Timeout));
    }

    [Fact]
    public void A_set_of_pairs()
    {
        // nft add set inet t x '{ type ipv4_addr . ipv4_addr; flags interval; }'
        NfSet pairs = NfSet.AddressPairs(s_t, "x", AddressFamily.IPv4);
        string expected = Hex(
            Inet, InT, "0600 0200 7800 0000", "0800 0300 00000084", "0800 0400 000001c7", "0800 0500 00000008",
            "0800 0a00 00000001", "2000 0980 1c00 0280 0c00 0180 0800 0100 00000004 0c00 0180 0800 0100 00000004",
            "1400 0d00 000400000000 0308 00040d000000 0100");
        Assert.Equal(expected, Item(each => each.Add(pairs)));
        Assert.True(NfSet.TryRead(Message(NfMessageType.NewSet, expected), out NfSet read));
        Assert.Equal(pairs, read);
        Assert.Equal(pairs.GetHashCode(), read.GetHashCode());
        Assert.NotEqual(pairs, read with { Description = NfSetDescription.OfFields(4, 3) });
        Assert.NotEqual(pairs, read with { Description = default });

        // The same with ipv6_addr
        Assert.Equal(
            Hex(
                Inet, InT, "0700 0200 783600 00", "0800 0300 00000084", "0800 0400 00000208", "0800 0500 00000020",
                "0800 0a00 00000001", "2000 0980 1c00 0280 0c00 0180 0800 0100 00000010 0c00 0180 0800 0100 00000010",
                "1400 0d00 000400000000 0308 00040d000000 0100"),
            Item(each => each.Add(NfSet.AddressPairs(s_t, "x6", AddressFamily.IPv6))));
    }

    [Fact]
    public void A_description_with_more_in_it_is_none_of_ours()
    {
        string hex = Hex(
            Inet, InT, "0600 0200 7800 0000", "0800 0300 00000084", "0800 0400 000001c7", "0800 0500 00000008",
            "0800 0a00 00000001", "2c00 0980 0800 0100 00000009 2000 0280 1000 0180 0800 0100 00000004 0400 0200",
            "0c00 0180 0800 0100 00000004");
        Assert.True(NfSet.TryRead(Message(NfMessageType.NewSet, hex), out NfSet read));
        Assert.Equal(default, read.Description);
    }

    [Fact]
    public void A_pair_is_a_key_and_a_key_end()
    {
        // nft add element inet t x '{ 10.0.0.1 . 192.168.0.0/16 }'; nft delete element with the same
        NfSet pairs = NfSet.AddressPairs(s_t, "x", AddressFamily.IPv4);
        NfElement pair = NfElement.OfPair(InetAddress.Parse("10.0.0.1"), InetPrefix.Parse("192.168.7.0/16"));
        string expected = Hex(
            Inet, InT, "0600 0200 7800 0000", "2800 0380 2400 0180",
            "1000 0180 0c00 0100 0a000001c0a80000", "1000 0a80 0c00 0100 0a000001c0a8ffff");
        Assert.Equal(expected, Item(each => each.Add(pairs, pair)));
        Assert.Equal(expected, Item(each => each.Delete(pairs, pair)));

        // nft add element inet t x6 '{ fd00::1 . fd01::/16 }'
        NfElement pair6 = NfElement.OfPair(InetAddress.Parse("fd00::1"), InetPrefix.Parse("fd01::/16"));
        Assert.Equal(
            Hex(
                Inet, InT, "0700 0200 783600 00", "5800 0380 5400 0180", "2800 0180 2400 0100",
                "fd000000000000000000000000000001 fd010000000000000000000000000000", "2800 0a80 2400 0100",
                "fd000000000000000000000000000001 fd01ffffffffffffffffffffffffffff"),
            Item(each => each.Add(NfSet.AddressPairs(s_t, "x6", AddressFamily.IPv6), pair6)));
    }

    [Theory]
    [InlineData("10.0.0.1", "0.0.0.0/0", "0a00000100000000", "0a000001ffffffff")]
    [InlineData("10.0.0.1", "10.9.9.9/32", "0a0000010a090909", "0a0000010a090909")]
    [InlineData("10.0.0.1", "10.9.9.9/31", "0a0000010a090908", "0a0000010a090909")]
    public void A_pair_reaches_from_the_first_to_the_last_address(string source, string prefix, string key, string end)
    {
        NfElement pair = NfElement.OfPair(InetAddress.Parse(source), InetPrefix.Parse(prefix));
        Assert.Equal((key, end), (Convert.ToHexStringLower(pair.Key.ToArray()), Convert.ToHexStringLower(pair.KeyEnd.ToArray())));
    }

    [Fact]
    public void A_pair_is_of_one_family()
    {
        InetAddress last = InetAddress.Parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
        Assert.Equal(NfValue.OfPair(last, last), NfElement.OfPair(last, InetPrefix.Default(AddressFamily.IPv6)).KeyEnd);
        Assert.Throws<ArgumentException>(
            () => NfElement.OfPair(InetAddress.Parse("10.0.0.1"), InetPrefix.Parse("fd00::/8")));
        Assert.Throws<ArgumentException>(() => NfElement.OfPair(default, default));
        Assert.Throws<ArgumentException>(() => NfSet.AddressPairs(s_t, "x", AddressFamily.Unspecified));
    }

    [Fact]
    public void An_element_with_a_comment() =>
        // nft add element inet t v4 '{ 10.0.0.2 comment "owner" : 192.0.2.1 }'
        Assert.Equal(
            Hex(
                Inet, InT, "0700 0200 763400 00", "2c00 0380", "2800 0180",
                "0c00 0180 0800 0100 0a000002", "0c00 0280 0800 0100 c0000201", "0c00 0600 00 06 6f776e657200"),
            Item(
                each => each.Add(s_v4, new NfElement
                {
                    Key = InetAddress.Parse("10.0.0.2"),
                    Value = InetAddress.Parse("192.0.2.1"),
                    UserData = NfUserData.Empty.WithComment("owner"),
                }),
                out _));

    [Fact]
    public void An_element_to_be_deleted_goes_by_its_key_alone() =>
        // nft delete element inet t v4 '{ 10.0.0.2 }'
        Assert.Equal(
            Hex(Inet, InT, "0700 0200 763400 00", "1400 0380", "1000 0180", "0c00 0180 0800 0100 0a000002"),
            Item(each => each.Delete(s_v4, new NfElement
            {
                Key = InetAddress.Parse("10.0.0.2"),
                Value = InetAddress.Parse("192.0.2.1"),
                UserData = NfUserData.Empty.WithComment("owner"),
            })));

    [Fact]
    public void Verdicts_as_data()
    {
        // nft add element inet t vm '{ 10.0.0.9 : accept, 10.0.0.8 : jump other }', all entries of the list of type 1
        string hex = Hex(
            Inet, InT, "0700 0200 766d00 00", "5000 0380",
            "2000 0180 0c00 0180 0800 0100 0a000009 1000 0280 0c00 0280 0800 0100 00000001",
            "2c00 0180 0c00 0180 0800 0100 0a000008",
            "1c00 0280 1800 0280 0800 0100 fffffffd 0a00 0200 6f7468657200 0000");
        Assert.True(NfElement.TryRead(Message(NfMessageType.NewElement, hex), out IReadOnlyList<NfElement> read));
        Assert.Equal(
            [
                new NfElement { Key = InetAddress.Parse("10.0.0.9"), Verdict = NfVerdict.Accept },
                new NfElement
                {
                    Key = InetAddress.Parse("10.0.0.8"), Verdict = new NfVerdict(NfVerdictKind.Jump, "other"),
                },
            ],
            read);
    }

    [Fact]
    public void An_element_says_whether_it_has_more()
    {
        // A timeout of an hour and the rest of it, then an expression.
        string hex = Hex(
            Inet, InT, "0600 0200 6d00 0000", "4c00 0380",
            "2800 0180 0c00 0180 0800 0100 0a000009 0c00 0400 000000000036ee80 0c00 0500 000000000036ee80",
            "2000 0180 0c00 0180 0800 0100 0a000008 1000 0780 0c00 0100 6c696d697400 0000");
        Assert.True(NfElement.TryRead(Message(NfMessageType.NewElement, hex), out IReadOnlyList<NfElement> read));
        Assert.Equal([false, true], read.Select(each => each.HasMore));
    }

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
