using System.Text.Json;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;
using EgressNet.Testing;
using Xunit;
using static EgressNet.Netlink.Tests.Netfilter.NfRig;

namespace EgressNet.Netlink.Tests.Netfilter;

public sealed class NfLiveTests
{
    private static readonly NfChain s_chain = new()
    {
        Table = "t",
        Name = "c",
        Type = "nat",
        Hook = NfHook.PostRouting,
        Priority = NfChain.SourceNatPriority,
        Policy = NfPolicy.Accept,
    };

    private static readonly NfSet[] s_sets =
    [
        NfSet.AddressMap(Table, "v4", AddressFamily.IPv4),
        NfSet.AddressMap(Table, "v6", AddressFamily.IPv6),
        NfSet.OfAddresses(Table, "excl", AddressFamily.IPv4) with { Flags = NfSetFlags.Interval },
        VerdictMap("vm", AddressFamily.IPv4),
        NfSet.AddressPairs(Table, "x", AddressFamily.IPv4),
        NfSet.AddressPairs(Table, "x6", AddressFamily.IPv6),
    ];

    [Fact]
    public void What_we_make_is_what_nft_prints_and_what_we_read_back()
    {
        using NfRig rig = new();
        NfRule[] rules = [.. Captured().Select(each => Rule(each.Expressions))];
        rig.Commit(each =>
        {
            Make(each);
            foreach (NfRule rule in rules)
            {
                each.Add(rule);
            }
        });

        Assert.Equal(
            Captured().Select(each => each.Text), RulesIn(rig.Ns.Exec("nft", "-s", "list", "chain", "inet", "t", "c")));
        Assert.Equal("ipv4_addr", rig.One("map", "v4").GetProperty("map").GetString());
        Assert.Equal("[\"ipv4_addr\",\"ipv4_addr\"]", rig.One("set", "x").GetProperty("type").GetRawText().Replace(" ", ""));
        Assert.Equal("verdict", rig.One("map", "vm").GetProperty("map").GetString());
        Assert.Equal("""["interval"]""", rig.One("set", "excl").GetProperty("flags").GetRawText());
        JsonElement chain = rig.One("chain", "c");
        Assert.Equal(
            ("nat", "postrouting", 100, "accept"),
            (chain.GetProperty("type").GetString()!, chain.GetProperty("hook").GetString()!, chain.GetProperty("prio").GetInt32(),
                chain.GetProperty("policy").GetString()!));

        Assert.Equal(rules.Select(each => each.Expressions), rig.Tables.ListRules(Table).Select(each => each.Expressions));
        Assert.Equal(s_sets, rig.Tables.ListSets(Table));
        Assert.Equal(s_chain, rig.Tables.ListChains(Table)[1]);
        Assert.Equal(Table, rig.Tables.Find(Table));
        Assert.Empty(rig.Tables.ListRules(new NfTable { Name = "other" }));
    }

    [Fact]
    public void A_group_of_interfaces_is_matched_under_a_mask()
    {
        using NfRig rig = new();
        NfExpression[] masked =
        [
            new NfMeta(NfMetaKey.InputInterfaceGroup),
            new NfBitwise(NfValue.FromHostNumber(0xfffffffd), NfValue.FromHostNumber(0)),
            new NfCompare(NfComparison.Equal, NfValue.FromHostNumber(3729)),
            new NfDecide(NfVerdict.Return),
        ];
        rig.Commit(each =>
        {
            Make(each);
            each.Add(Rule(masked));
        });
        rig.Nft("add rule inet t c iifgroup & 0xfffffffd == 3729 return");

        Assert.Equal(
            Enumerable.Repeat("iifgroup & 4294967293 == 3729 return", 2),
            RulesIn(rig.Ns.Exec("nft", "-s", "list", "chain", "inet", "t", "c")));
        Assert.Equal([masked, masked], rig.Tables.ListRules(Table).Select(each => each.Expressions));
    }

    [Fact]
    public void What_nft_makes_is_read_and_made_again_the_same()
    {
        using NfRig rig = new();
        rig.Commit(Make);
        foreach (string rule in Captured().Select(each => each.Text))
        {
            rig.Nft($"add rule inet t c {rule}");
        }

        rig.Nft("add rule inet t c ct state established tcp dport != 22-25 return");
        rig.Nft("add rule inet t c meta mark set 0x10");
        string before = rig.Ns.Exec("nft", "-s", "list", "chain", "inet", "t", "c");
        IReadOnlyList<NfRule> read = rig.Tables.ListRules(Table);
        Assert.Equal(Captured().Select(each => each.Expressions), read.Take(Captured().Length).Select(each => each.Expressions));

        rig.Commit(each =>
        {
            each.Clear(s_chain);
            foreach (NfRule rule in read)
            {
                each.Add(rule);
            }
        });

        Assert.Equal(before, rig.Ns.Exec("nft", "-s", "list", "chain", "inet", "t", "c"));
    }

    [Fact]
    public void One_refusal_and_nothing_is_left()
    {
        using NfRig rig = new();
        rig.Nft("add table inet foreign");
        string before = rig.Text;
        NfTransactionException error = rig.Refused(each =>
        {
            Make(each);
            each.Add(Rule([new NfLookup("absent")]));
            each.Add(s_chain);
            each.Add(s_sets[0], new NfElement { Key = Address("10.0.0.1"), Value = Address("192.0.2.1") });
        });

        Assert.Equal([(9, "ENOENT"), (10, "EEXIST")], error.Errors.Select(each => (each.Index, each.Error.ErrnoName)));
        Assert.Equal(before, rig.Text);
    }

    [Fact]
    public void A_loop_of_chains_is_refused_and_nothing_is_left()
    {
        using NfRig rig = new();
        NfTransactionException error = rig.Refused(each =>
        {
            Make(each);
            each.Add(new NfChain { Table = "t", Name = "back" });
            each.Add(Rule([new NfDecide(new NfVerdict(NfVerdictKind.Jump, "other"))]));
            each.Add(Rule([new NfDecide(new NfVerdict(NfVerdictKind.Jump, "back"))], "other"));
            each.Add(Rule([new NfDecide(new NfVerdict(NfVerdictKind.Jump, "other"))], "back"));
        });

        Assert.Contains(error.Refusal.ErrnoName, new[] { "EMLINK", "ELOOP" });
        Assert.Null(rig.Tables.Find(Table));
    }

    [Fact]
    public void A_transaction_with_a_stale_generation_is_refused_unapplied()
    {
        using NfRig rig = new();
        NfGeneration then = rig.Tables.GetGeneration();
        rig.Commit(each => each.Add(Table), then);
        NfGeneration now = rig.Tables.GetGeneration();
        Assert.NotEqual(then.Id, now.Id);

        Assert.True(rig.Refused(each => each.Delete(Table), then).IsOutdated);
        Assert.NotNull(rig.Tables.Find(Table));
        rig.Commit(each => each.Delete(Table), now);
        Assert.Null(rig.Tables.Find(Table));
    }

    [Fact]
    public void Ensuring_takes_what_is_there_and_creating_does_not()
    {
        using NfRig rig = new();
        rig.Commit(Make);
        rig.Commit(each => each.Add(Table, NfAdd.Ensure));
        rig.Commit(each => each.Add(s_chain, NfAdd.Ensure));
        rig.Commit(each => each.Add(s_sets[0], NfAdd.Ensure));

        NfTransactionException error = rig.Refused(each =>
        {
            each.Add(Table);
            each.Add(s_chain);
            each.Add(s_sets[0]);
        });
        Assert.Equal(["EEXIST", "EEXIST", "EEXIST"], error.Errors.Select(each => each.Error.ErrnoName));
    }

    [Fact]
    public void Without_the_capability_all_is_EPERM()
    {
        using NfRig rig = new();
        string before = rig.Text;
        WithoutCapabilities.Run(() =>
        {
            Assert.Equal("EPERM", Assert.Throws<NetlinkException>(() => { _ = rig.Tables.GetGeneration(); }).ErrnoName);
            Assert.Equal("EPERM", Assert.Throws<NetlinkException>(() => { _ = rig.Tables.Find(Table); }).ErrnoName);
            NfTransactionException error = rig.Refused(each => each.Add(Table));
            Assert.Equal(("EPERM", 0), (error.Refusal.ErrnoName, error.Errors.Count));
        });
        Assert.Equal(before, rig.Text);
    }

    internal static (string Text, NfExpression[] Expressions)[] Captured() =>
        [.. NfCapturedRules.All.Select(each => (each.Rule, each.Expressions))];

    private static NfRule Rule(NfExpression[] expressions, string chain = "c") =>
        new() { Table = "t", Chain = chain, Expressions = expressions };

    private static IEnumerable<string> RulesIn(string listing) =>
        listing.Split('\n').Select(line => line.Trim()).Skip(3).TakeWhile(line => line != "}");

    private static void Make(NfTransaction transaction)
    {
        transaction.Add(Table);
        transaction.Add(new NfChain { Table = "t", Name = "other" });
        transaction.Add(s_chain);
        foreach (NfSet set in s_sets)
        {
            transaction.Add(set);
        }
    }
}
