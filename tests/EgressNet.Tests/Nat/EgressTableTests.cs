using System.Text.Json;
using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Plans;
using EgressNet.Tests.Attachments;

namespace EgressNet.Tests.Nat;

/// <summary>The table itself: whose it is, what it is made of, and how it is put right.</summary>
public sealed class EgressTableTests
{
    public static TheoryData<string, string> Damages => new()
    {
        { "add table inet egressnet { flags dormant; }", "flags: dormant" },
        { "flush chain inet egressnet forward", "chain forward: other rules" },
        { "delete chain inet egressnet forward", "chain forward: missing" },
        { "add rule inet egressnet prerouting accept", "chain prerouting: other rules" },
        { "insert rule inet egressnet leaving accept", "chain leaving: other rules" },
        {
            "delete chain inet egressnet forward; add chain inet egressnet forward { type filter hook input priority 0; }",
            "chain forward: hook Input; chain forward: other rules"
        },
        {
            "delete chain inet egressnet forward; add chain inet egressnet forward { type filter hook forward priority 7; }",
            "chain forward: priority 7; chain forward: other rules"
        },
        {
            "delete chain inet egressnet postrouting; "
            + "add chain inet egressnet postrouting { type filter hook postrouting priority 100; }",
            "chain postrouting: type filter; chain postrouting: other rules"
        },
        {
            "delete chain inet egressnet leaving; add chain inet egressnet leaving",
            "chain leaving: type none; chain leaving: hook none; chain leaving: priority 0; chain leaving: policy none; "
            + "chain leaving: other rules"
        },
        {
            "add chain inet egressnet forward { type filter hook forward priority 0; policy drop; }",
            "chain forward: policy Drop"
        },
        {
            "flush chain inet egressnet postrouting; "
            + "delete set inet egressnet masquerade6-random",
            "set masquerade6-random: missing; chain postrouting: other rules"
        },
        {
            "flush chain inet egressnet postrouting; "
            + "delete map inet egressnet snat6; add set inet egressnet snat6 { type ipv6_addr; flags interval; }",
            "set snat6: of another kind; chain postrouting: other rules"
        },
        {
            "add table inet egressnet { flags dormant; }; delete chain inet egressnet forward",
            "flags: dormant; chain forward: missing"
        },
        {
            "add chain inet egressnet mine { counter; }; flush chain inet egressnet forward",
            "chain forward: other rules; chain mine: somebody else's"
        },
        {
            "add chain inet egressnet evil { type filter hook forward priority 10; policy drop; }",
            "chain evil: somebody else's"
        },
        {
            "add chain inet egressnet y { drop; }; add map inet egressnet m { type ipv4_addr : verdict; "
            + "elements = { 10.9.9.9 : jump y }; }; add set inet egressnet s { type ipv4_addr; }; add chain inet egressnet x; "
            + "add rule inet egressnet forward ip saddr @s jump x; add rule inet egressnet forward tcp dport { 1, 2 } drop; "
            + "add rule inet egressnet x ip saddr vmap @m",
            "chain forward: other rules; chain y: somebody else's; chain x: somebody else's; set m: somebody else's; set s: somebody else's"
        },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Damage_is_reported_by_part_and_repaired_with_addresses_kept(string damage, string faults)
    {
        using Node node = new();
        NatTable nat = new(node.Kernel.Netfilter);
        Attachment attachment = node.Attachment("c1", "169.254.172.5/22");
        node.Create(attachment);
        string whole = Json(node);
        IReadOnlyList<NatEntry> entries = nat.List();
        node.Host.Exec("nft", damage);

        Assert.Equal(NatTableState.Damaged, nat.State);
        Assert.Equal(faults, string.Join("; ", nat.Inspect().Faults));
        EgressFinding finding = Assert.Single(new AttachmentInspection(node.Kernel).Inspect(attachment));
        Assert.Equal((EgressFindingKind.NatTable, faults), (finding.Kind, finding.Actual));

        new AttachmentRepair(node.Kernel).Repair(new EgressPlan(attachment));
        Assert.Empty(nat.Inspect().Faults);
        Assert.Equal(NatTableState.Intact, nat.State);
        Assert.Equal(entries, nat.List());
        Assert.Equal(whole, Json(node));
    }

    [Theory]
    [InlineData("exclude4")]
    [InlineData("exclude6")]
    public void Sets_of_exclusions_are_one_thing_of_both_families(string lost)
    {
        using Node node = new();
        NatTable nat = new(node.Kernel.Netfilter);
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        string whole = Json(node);
        node.Nft("flush chain inet egressnet postrouting");
        node.Nft("flush chain inet egressnet leaving");
        node.Nft($"delete set inet egressnet {lost}");

        Assert.Equal(
            $"set {lost}: missing; chain postrouting: other rules; chain leaving: other rules",
            string.Join("; ", nat.Inspect().Faults));
        new AttachmentRepair(node.Kernel).Repair(new EgressPlan(attachment));
        Assert.Equal(whole, Json(node));
    }

    [Theory]
    [InlineData("table inet egressnet { }")]
    [InlineData("table inet egressnet { comment \"mine\"; set container4 { type ipv4_addr; elements = { 169.254.172.5 comment \"pods/c1/eg0\" }; }; }")]
    public void A_table_of_somebody_else_s_is_an_error_and_not_touched(string table)
    {
        using Node node = new();
        node.Host.Exec("nft", table);
        string before = node.Nft("-a list ruleset");
        NatTable nat = new(node.Kernel.Netfilter);
        Attachment attachment = node.Attachment();

        Assert.Equal(NatTableState.Foreign, nat.State);
        Assert.Throws<EgressTableConflictException>(() => nat.List());
        Assert.Throws<EgressTableConflictException>(() => nat.Find(InetAddress.Parse("169.254.172.5")));
        Assert.Throws<EgressTableConflictException>(() => nat.Add([Entry("10.0.0.1")], _ => true));
        Assert.Throws<EgressTableConflictException>(() => nat.Remove("pods/c1/eg0", [InetAddress.Parse("169.254.172.5")]));
        Assert.Contains("inet egressnet", Assert.Throws<EgressTableConflictException>(() => node.Create(attachment)).Message);
        Assert.False(nat.RemoveTableIfEmpty());
        Assert.Equal(before, node.Nft("-a list ruleset"));
        Assert.Equal("", node.Host.Ip("link show type veth"));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_foreign_table_is_found_refused_by_repair_and_not_removed(bool hasRecord)
    {
        using Node node = new();
        Attachment attachment = node.Attachment();
        node.Create(attachment);
        node.Nft("delete table inet egressnet");
        node.Nft("add table inet egressnet");
        string before = node.Nft("-a list ruleset");

        EgressFinding finding = Assert.Single(new AttachmentInspection(node.Kernel).Inspect(attachment));
        Assert.Equal((EgressFindingKind.NatTable, "Foreign"), (finding.Kind, finding.Actual));
        Assert.Throws<EgressTableConflictException>(
            () => new AttachmentRepair(node.Kernel).Repair(new EgressPlan(attachment)));
        AttachmentReader reader = new(node.Kernel);
        Assert.Equal(attachment.Id, Assert.Single(reader.Read()).Attachment.Id);
        Assert.IsType<EgressTableConflictException>(reader.Unreadable);
        if (!hasRecord)
        {
            File.Delete(node.Kernel.Records.PathOf(attachment.Id));
        }

        RemovalResult result = Assert.Single(new AttachmentRemoval(node.Kernel).Remove([attachment]));
        Assert.True(result is { Fault: null, WasThere: true }, $"{result.Fault}");
        Assert.Contains("'inet egressnet' is not of EgressNet", result.Warning);
        Assert.False(new AttachmentRemoval(node.Kernel).RemoveTableIfEmpty());
        Assert.Null(node.Kernel.Host.Links.Find(attachment.HostInterface));
        Assert.Equal("", node.Records);
        Assert.Equal(before, node.Nft("-a list ruleset"));
        Assert.Empty(reader.Read());
    }

    [Fact]
    public void Several_are_removed_beside_a_table_of_somebody_else_s()
    {
        using ManyNode many = new ManyNode().Make();
        many.Node.Nft("delete table inet egressnet");
        many.Node.Nft("add table inet egressnet");
        string before = many.Node.Nft("-a list ruleset");
        Assert.All(many.Remove(), each => Assert.True(each is { WasThere: true, Fault: null, Warning: not null }, $"{each.Fault}"));
        Assert.Equal("", many.Node.Records);
        Assert.Equal("", many.Node.Host.Ip("link show type veth"));
        Assert.Equal(before, many.Node.Nft("-a list ruleset"));
    }

    [Fact]
    public void Sets_of_ranges_are_made_for_the_first_who_excludes_something()
    {
        using Node node = new();
        NatTable nat = new(node.Kernel.Netfilter);
        NatEntry plain = Entry("10.0.0.1");
        nat.Add([plain], _ => true);
        Assert.DoesNotContain("exclude", node.Nft("list ruleset"));
        Assert.DoesNotContain("interval", node.Nft("list ruleset"));
        Assert.Equal(NatTableState.Intact, nat.State);

        NatEntry excluding = Entry("10.0.0.2") with
        {
            Excluded = [InetPrefix.Parse("10.1.2.3/16"), InetPrefix.Parse("10.1.5.0/24"), InetPrefix.Parse("10.1.0.0/16")],
        };
        nat.Add([excluding], _ => true);
        Assert.Equal(NatTableState.Intact, nat.State);
        Assert.Equal(["10.1.0.0/16"], nat.Find(excluding.Source)!.Excluded.Select(each => $"{each}"));
        Assert.Equal([plain, excluding], nat.List());
        Assert.Contains("ip saddr . ip daddr @exclude4 return", node.Nft("list ruleset"));

        nat.Remove(excluding.Owner, [excluding.Source]);
        Assert.Equal(NatTableState.Intact, nat.State);
        Assert.Equal([plain], nat.List());
    }

    [Fact]
    public void The_rules_are_what_nft_makes_of_their_words()
    {
        using Node node = new();
        new NatTable(node.Kernel.Netfilter).Add([Entry("10.0.0.1")], _ => true);
        string rules = node.Nft("list ruleset");
        Assert.All(
            (string[])
            [
                "comment \"made by EgressNet\"", "oifgroup & 65532 == 17112 ct status ! dnat return",
                "fib saddr . iif oif missing drop", "ip saddr @hidden4 drop", "ct status snat return",
            ],
            words => Assert.True(rules.Contains(words), rules));
    }

    private static NatEntry Entry(string source) => new()
    {
        Source = InetAddress.Parse(source),
        Owner = "pods/c1/eg0",
        Nat = new SourceNat(),
    };

    // Handles tell when something was made, and chains that were made anew stand behind the sets.
    private static string Json(Node node) => string.Join('\n', JsonElement.Parse(node.Nft("-j list ruleset"))
        .GetProperty("nftables").EnumerateArray()
        .Select(item => System.Text.RegularExpressions.Regex.Replace(item.GetRawText(), "\"handle\": \\d+", ""))
        .Order(StringComparer.Ordinal));
}
