using System.Text.Json;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Wire;
using EgressNet.Testing;
using Xunit;
using static EgressNet.Netlink.Tests.Netfilter.NfRig;

namespace EgressNet.Netlink.Tests.Netfilter;

public sealed class NfPairLiveTests
{
    private static readonly NfSet s_pairs = NfSet.AddressPairs(Table, "x", AddressFamily.IPv4);
    private static readonly NfSet s_pairs6 = NfSet.AddressPairs(Table, "x6", AddressFamily.IPv6);

    private static readonly (string Source, string Destination)[] s_four =
    [
        ("10.0.0.1", "192.168.0.0/16"), ("10.0.0.1", "172.16.0.0/12"), ("10.0.0.2", "192.168.0.0/16"),
        ("10.0.0.3", "0.0.0.0/0"), ("10.0.0.4", "203.0.113.7/32"),
    ];

    private static readonly (string Source, string Destination)[] s_six =
    [
        ("fd00::1", "fd01::/16"), ("fd00::2", "::/0"), ("fd00::2:1", "2001:db8::/33"), ("fd00::3", "2001:db8::9/128"),
    ];

    [Fact]
    public void Pairs_are_printed_as_meant_and_read_back()
    {
        using NfRig rig = Made();
        NfElement[] four = Elements(s_four);
        NfElement[] six = [.. Elements(s_six).Select(each => each with { UserData = NfUserData.Empty.With(200, [1, 2]) })];
        rig.Commit(each =>
        {
            each.Add(s_pairs, four);
            each.Add(s_pairs6, six);
        });

        Assert.Equal(s_four.Order(), Printed(rig, "x"));
        Assert.Equal(s_six.Order(), Printed(rig, "x6"));
        Assert.Equal(four.ToHashSet(), rig.Tables.ListElements(s_pairs).ToHashSet());
        Assert.Equal(six.ToHashSet(), rig.Tables.ListElements(s_pairs6).ToHashSet());
        Assert.Equal([s_pairs, s_pairs6], rig.Tables.ListSets(Table));
    }

    [Fact]
    public void Pairs_that_nft_made_are_read_and_deleted()
    {
        using NfRig rig = new();
        rig.Nft("add table inet t");
        rig.Nft("add set inet t x { type ipv4_addr . ipv4_addr; flags interval; }");
        rig.Nft("add set inet t x6 { type ipv6_addr . ipv6_addr; flags interval; }");
        rig.Nft($"add element inet t x {{ {Join(s_four)} }}");
        rig.Nft($"add element inet t x6 {{ {Join(s_six)} }}");

        Assert.Equal([s_pairs, s_pairs6], rig.Tables.ListSets(Table));
        Assert.Equal(Elements(s_four).ToHashSet(), rig.Tables.ListElements(s_pairs).ToHashSet());
        Assert.Equal(Elements(s_six).ToHashSet(), rig.Tables.ListElements(s_pairs6).ToHashSet());
        Assert.All(Elements(s_four), each => Assert.Equal(each, rig.Tables.FindElement(s_pairs, each.Key)));

        rig.Commit(each => each.Delete(s_pairs, Elements(s_four[..2])));
        rig.Commit(each => each.Delete(s_pairs6, Elements(s_six)));
        Assert.Equal(s_four[2..].Order(), Printed(rig, "x"));
        Assert.Empty(rig.Tables.ListElements(s_pairs6));
    }

    [Fact]
    public void An_address_finds_the_pair_that_it_is_in()
    {
        using NfRig rig = Made();
        NfElement pair = Pair("10.0.0.1", "192.168.0.0/16");
        rig.Commit(each => each.Add(s_pairs, pair));

        Assert.Equal(pair, rig.Tables.FindElement(s_pairs, NfValue.OfPair(Address("10.0.0.1"), Address("192.168.77.1"))));
        Assert.Null(rig.Tables.FindElement(s_pairs, NfValue.OfPair(Address("10.0.0.1"), Address("192.169.0.0"))));
        Assert.Null(rig.Tables.FindElement(s_pairs, NfValue.OfPair(Address("10.0.0.2"), Address("192.168.77.1"))));
        Assert.Null(rig.Tables.FindElement(s_pairs with { Name = "absent" }, pair.Key));
    }

    [Fact]
    public void A_pair_there_already_and_one_not_there_are_refused()
    {
        using NfRig rig = Made();
        NfElement pair = Pair("10.0.0.1", "192.168.0.0/16");
        rig.Commit(each => each.Add(s_pairs, pair));
        rig.Commit(each => each.Add(s_pairs, pair, NfAdd.Ensure));

        NfTransactionException error = rig.Refused(each =>
        {
            each.Add(s_pairs, pair);
            each.Delete(s_pairs, Pair("10.0.0.2", "192.168.0.0/16"));
        });

        Assert.Equal([0, 1], error.Errors.Select(each => each.Index));
        Assert.Equal(["EEXIST", "ENOENT"], error.Errors.Select(each => each.Error.ErrnoName));
        Assert.Equal([pair], rig.Tables.ListElements(s_pairs));
    }

    [Fact]
    public void A_pair_inside_another_of_its_address_is_not_added()
    {
        using NfRig rig = Made();
        NfElement pair = Pair("10.0.0.1", "192.168.0.0/16"), inside = Pair("10.0.0.1", "192.168.0.0/24");
        rig.Commit(each => each.Add(s_pairs, pair));

        rig.Refused(each => each.Add(s_pairs, inside));
        Assert.Equal([pair], rig.Tables.ListElements(s_pairs));

        // Linux 5.10 and 6.1 compare no more than the address, and take the one for the other.
        try
        {
            rig.Commit(each => each.Add(s_pairs, inside, NfAdd.Ensure));
        }
        catch (NfTransactionException refused)
        {
            Assert.Equal([0], refused.Errors.Select(each => each.Index));
        }

        Assert.Equal([pair], rig.Tables.ListElements(s_pairs));
    }

    [Theory, InlineData(AddressFamily.IPv4), InlineData(AddressFamily.IPv6)]
    public void A_rule_lets_return_what_goes_from_a_source_to_its_prefix(AddressFamily family)
    {
        bool four = family == AddressFamily.IPv4;
        Live.RequireTool("ping");
        using NfRig rig = Made();
        rig.Ns.Ip("link set lo up");
        rig.Ns.Ip($"address add {(four ? "192.168.1.1/32" : "fd01::1/128")} dev lo");
        rig.Ns.Ip($"address add {(four ? "192.169.1.1/32" : "fd02::1/128")} dev lo");
        (string source, string other) = four ? ("127.0.0.1", "127.0.0.2") : ("::1", "fd02::1");
        (string inside, string outside) = four ? ("192.168.1.1", "192.169.1.1") : ("fd01::1", "fd02::1");
        rig.Commit(each =>
        {
            each.Add(four ? s_pairs : s_pairs6, Pair(source, four ? "192.168.0.0/16" : "fd01::/16"));
            each.Add(new NfChain { Table = "t", Name = "c", Type = "filter", Hook = NfHook.Output });
            each.Add(new NfRule
            {
                Table = "t",
                Chain = "c",
                Expressions =
                [
                    .. NfMatch.Family(family),
                    .. NfMatch.SourceAndDestination(four ? "x" : "x6", family),
                    new NfOtherExpression("counter", new RawAttributes([])),
                    new NfDecide(NfVerdict.Return),
                ],
            });
        });
        void Ping(string from, string to) => rig.Ns.Exec("ping", "-c1", "-W1", "-I", from, to);
        int Counted() => rig.Listed().Single(each => each.TryGetProperty("rule", out _)).GetProperty("rule").GetProperty("expr")
            .EnumerateArray().Single(each => each.TryGetProperty("counter", out _)).GetProperty("counter").GetProperty("packets").GetInt32();

        Ping(source, outside);
        Ping(other, inside);
        Assert.Equal(0, Counted());
        Ping(source, inside);
        Assert.Equal(1, Counted());
    }

    private static NfElement Pair(string source, string destination) => NfElement.OfPair(Address(source), Prefix(destination));

    private static NfElement[] Elements((string Source, string Destination)[] pairs) =>
        [.. pairs.Select(each => Pair(each.Source, each.Destination))];

    private static string Join((string Source, string Destination)[] pairs) =>
        string.Join(", ", pairs.Select(each => $"{each.Source} . {each.Destination}"));

    private static IEnumerable<(string, string)> Printed(NfRig rig, string set) =>
        rig.One("set", set).GetProperty("elem").EnumerateArray()
            .Select(each => each.TryGetProperty("elem", out JsonElement inner) ? inner.GetProperty("val") : each)
            .Select(each => each.GetProperty("concat"))
            .Select(each => (each[0].GetString()!, PrintedPrefix(each[1])))
            .Order();

    private static string PrintedPrefix(JsonElement element) =>
        element.ValueKind == JsonValueKind.String
            ? InetPrefix.Host(Address(element.GetString()!)).ToString()
            : $"{element.GetProperty("prefix").GetProperty("addr").GetString()}/{element.GetProperty("prefix").GetProperty("len")}";

    private static NfRig Made()
    {
        NfRig rig = new();
        rig.Commit(each =>
        {
            each.Add(Table);
            each.Add(s_pairs);
            each.Add(s_pairs6);
        });
        return rig;
    }
}
