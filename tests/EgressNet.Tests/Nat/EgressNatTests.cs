using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Tests.Attachments;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.Nat;

public sealed class EgressNatTests
{
    [Fact]
    public void An_entry_of_every_kind_is_read_back()
    {
        using Node node = new();
        NatTable nat = new(node.Kernel.Netfilter);
        List<NatEntry> entries = [];
        foreach (PortRandomization ports in Enum.GetValues<PortRandomization>())
        {
            int i = entries.Count;
            entries.Add(Entry($"10.0.0.{i}") with { Nat = new SourceNat(default, ports) });
            entries.Add(Entry($"10.0.1.{i}") with { Nat = new SourceNat(Address("192.0.2.1"), ports) });
            entries.Add(Entry($"fd00::{i}") with { Nat = new SourceNat(default, ports) });
            entries.Add(Entry($"fd01::{i}") with
            {
                Nat = new SourceNat(Address("2001:db8::1"), ports),
                Excluded = [InetPrefix.Parse("fd02::/16"), InetPrefix.Parse("fd03::1/128")],
            });
        }

        entries.Add(Entry("10.0.2.1") with { Nat = null, Excluded = [] });
        nat.Add(entries, _ => true);
        Assert.Equal(entries.OrderBy(entry => entry.Source), nat.List());
        Assert.All(entries, entry => Assert.Equal(entry, nat.Find(entry.Source)));
    }

    [Fact]
    public void An_entry_that_changed_owner_is_not_removed_with_the_old_one()
    {
        using Node node = new();
        NatTable nat = new(node.Kernel.Netfilter);
        nat.Add([Entry("10.0.0.1", "pods/old/eg0")], _ => true);
        nat.Add([Entry("10.0.0.1", "pods/new/eg0")], _ => false);
        string before = node.Nft("list ruleset");

        Assert.Empty(nat.Remove("pods/old/eg0", [Address("10.0.0.1")]));
        Assert.Equal(before, node.Nft("list ruleset"));
        Assert.Single(nat.Remove("pods/new/eg0", [Address("10.0.0.1")]));
        Assert.Empty(nat.List());
    }

    [Theory]
    [InlineData("10.0.0.1", 800, "pods/c/eg0")]
    [InlineData("fd00::1", 300, "pods/c/eg0")]
    [InlineData("10.0.0.1", 300, null)]
    public void The_maximum_of_exclusions_is_replaced_undone_and_removed(string source, int count, string? owner)
    {
        using Node node = new();
        NatTable nat = new(node.Kernel.Netfilter);
        NatEntry entry = Entry(source, owner ?? $"pods/{new string('c', 190)}/eg0") with { Excluded = Prefixes(source, count) };
        AttachmentRules.ThrowIfTooMany([entry]);
        nat.Add([entry], _ => true);
        NatEntry other = entry with { Owner = $"{entry.Owner}1"[1..] };
        NatAddition addition = nat.Add([other], _ => false);
        Assert.Equal(other, nat.Find(entry.Source));
        nat.Undo(addition);
        Assert.Equal(entry, nat.Find(entry.Source));
        Assert.Equal(entry, Assert.Single(nat.Remove(entry.Owner, [entry.Source])));
        Assert.Empty(nat.List());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_no_transaction_holds_goes_in_several(bool removed)
    {
        using Node node = new();
        NatTable nat = new(node.Kernel.Netfilter);
        NatEntry entry = Entry("10.0.0.1", "pods/c/eg0") with { Excluded = Prefixes("10.0.0.1", 10) };
        nat.Add([entry, Entry("10.0.0.2", "pods/d/eg0")], _ => true);
        string more = string.Join(", ", Enumerable.Range(0, 2500).Select(i => $"10.0.0.1 . 11.{i / 200}.{i % 200}.0/24"));
        node.Nft($"add element inet egressnet exclude4 {{ {more} }}");
        if (removed)
        {
            nat.Remove([("pods/c/eg0", entry.Source), ("pods/d/eg0", Address("10.0.0.2"))]);
            Assert.Empty(nat.List());
        }
        else
        {
            nat.Add([entry], _ => true);
            Assert.Equal(entry, nat.Find(entry.Source));
        }
    }

    [Theory]
    [InlineData(1500, 0, "ExcludePrefix brings 1500 elements into the packet filter, and at most ")]
    [InlineData(0, 1500, "MetadataAddress brings 1500 elements into the packet filter, and at most ")]
    public void More_than_can_be_changed_at_once_is_refused(int excluded, int metadata, string text)
    {
        NatEntry entry = Entry("10.0.0.1", "pods/c/eg0") with
        {
            Excluded = Prefixes("10.0.0.1", excluded),
            Metadata = [.. Prefixes("10.0.0.1", metadata).Select(each => new MetadataPair(7, each.Address))],
        };
        Assert.StartsWith(
            text, Assert.Throws<AttachmentException>(() => AttachmentRules.ThrowIfTooMany([entry])).Message);
    }

    [Fact]
    public void An_addition_is_not_undone_where_the_address_changed_owner()
    {
        using Node node = new();
        NatTable nat = new(node.Kernel.Netfilter);
        NatAddition addition = nat.Add([Entry("10.0.0.1", "pods/old/eg0")], _ => true);
        nat.Add([Entry("10.0.0.1", "pods/new/eg0")], _ => false);
        string before = node.Nft("list ruleset");
        nat.Undo(addition);
        Assert.Equal(before, node.Nft("list ruleset"));
    }

    [Fact]
    public void A_live_owner_s_address_is_refused_by_name_without_a_change()
    {
        using Node node = new();
        NatTable nat = new(node.Kernel.Netfilter);
        nat.Add([Entry("10.0.0.1", "pods/old/eg0")], _ => true);
        string before = node.Nft("list ruleset");
        AddressInUseException thrown = Assert.Throws<AddressInUseException>(() => nat.Add(
            [Entry("10.0.0.2", "pods/new/eg0"), Entry("10.0.0.1", "pods/new/eg0")],
            entry => entry.Owner == "pods/old/eg0"));
        Assert.Equal("Address 10.0.0.1 belongs to pods/old/eg0 on this node.", thrown.Message);
        Assert.Equal(Address("10.0.0.1"), thrown.Address);
        Assert.Equal(before, node.Nft("list ruleset"));
    }

    [Fact]
    public void A_dead_owner_s_entry_is_replaced_with_all_that_belongs_to_it()
    {
        using Node node = new();
        NatTable nat = new(node.Kernel.Netfilter);
        nat.Add([Entry("10.0.0.1", "pods/old/eg0")], _ => true);
        NatEntry wanted = Entry("10.0.0.1", "pods/new/eg0") with
        {
            Nat = new SourceNat(),
            Excluded = [InetPrefix.Parse("10.9.0.0/16")],
        };
        NatAddition addition = nat.Add([wanted], _ => false);
        Assert.Equal("pods/old/eg0", Assert.Single(addition.Replaced).Owner);
        Assert.Equal([wanted], nat.List());
    }

    [Theory]
    [InlineData("delete element inet egressnet container4 { 10.0.0.1 }")]
    [InlineData("delete element inet egressnet container4 { 10.0.0.1 }; delete element inet egressnet snat4 { 10.0.0.1 }")]
    [InlineData("delete element inet egressnet snat4 { 10.0.0.1 }")]
    [InlineData("delete element inet egressnet hidden4 { 10.0.0.1 }")]
    [InlineData("delete element inet egressnet exclude4 { 10.0.0.1 . 10.1.0.0/16 }")]
    public void What_is_left_of_a_torn_entry_is_replaced(string tear)
    {
        using Node node = new();
        NatTable nat = new(node.Kernel.Netfilter);
        NatEntry entry = Entry("10.0.0.1");
        nat.Add([entry], _ => true);
        node.Host.Exec("nft", tear);
        nat.Add([entry], _ => true);
        Assert.Equal([entry], nat.List());
        Assert.Single(nat.Remove(entry.Owner, [entry.Source]));
        Assert.DoesNotContain("10.0.0.1", node.Nft("list ruleset"));
    }

    [Fact]
    public void A_removal_amid_foreign_ruleset_changes_succeeds_at_once()
    {
        using Node node = new();
        NatEntry entry = Entry("10.0.0.1");
        new NatTable(node.Kernel.Netfilter).Add([entry], _ => true);
        int sent = 0;
        using NetlinkConnection busy = Busy(node, times: 3, () => sent++);
        List<string> told = [];
        Assert.Single(new NatTable(busy, told.Add).Remove(entry.Owner, [entry.Source]));
        Assert.Equal(1, sent);
        Assert.Equal(["delete NAT of 10.0.0.1"], told);
        Assert.Null(new NatTable(node.Kernel.Netfilter).Find(entry.Source));
        Assert.Contains("table inet other3", node.Nft("list ruleset"));
    }

    [Fact]
    public void An_addition_amid_foreign_ruleset_changes_succeeds_at_once()
    {
        using Node node = new();
        int sent = 0;
        using NetlinkConnection busy = Busy(node, times: 3, () => sent++);
        List<string> told = [];
        NatAddition addition = new NatTable(busy, told.Add).Add([Entry("10.0.0.1")], _ => true);
        Assert.True(addition.CreatedTable);
        Assert.Equal(1, sent);
        Assert.Equal(["add table egressnet", "add NAT 10.0.0.1 snat to 192.0.2.1 (pods/c1/eg0)"], told);
        Assert.Single(new NatTable(node.Kernel.Netfilter).List());
    }

    [Fact]
    public void An_owner_that_takes_the_address_before_its_removal_keeps_it()
    {
        using Node node = new();
        NatTable nat = new(node.Kernel.Netfilter);
        nat.Add([Entry("10.0.0.1", "pods/old/eg0")], _ => true);
        bool taken = false;
        using NetlinkConnection raced = new(FaultyTransport.OpenNetfilter(
            NamespaceReference.FromName(node.Host.Name),
            new Fault(),
            () =>
            {
                if (!taken)
                {
                    taken = true;
                    nat.Add([Entry("10.0.0.1", "pods/new/eg0")], _ => false);
                }
            }));
        Assert.Empty(new NatTable(raced).Remove("pods/old/eg0", [Address("10.0.0.1")]));
        Assert.True(taken);
        Assert.Equal("pods/new/eg0", nat.Find(Address("10.0.0.1"))!.Owner);
    }

    [Fact]
    public void The_table_goes_with_its_last_entry_and_not_before()
    {
        using Node node = new();
        NatTable nat = new(node.Kernel.Netfilter);
        Assert.False(nat.RemoveTableIfEmpty());
        nat.Add([Entry("10.0.0.1"), Entry("fd00::1")], _ => true);
        nat.Remove("pods/c1/eg0", [Address("10.0.0.1")]);
        Assert.False(nat.RemoveTableIfEmpty());
        nat.Remove("pods/c1/eg0", [Address("fd00::1")]);
        Assert.True(nat.RemoveTableIfEmpty());
        Assert.Equal("", node.Nft("list ruleset"));
        Assert.Equal(NatTableState.Absent, nat.State);
        Assert.Empty(nat.List());
        Assert.Empty(nat.Remove("pods/c1/eg0", [Address("10.0.0.1")]));
    }

    private static NetlinkConnection Busy(Node node, int times, Action sent)
    {
        int left = times;
        return new NetlinkConnection(FaultyTransport.OpenNetfilter(
            NamespaceReference.FromName(node.Host.Name),
            new Fault(),
            () =>
            {
                sent();
                if (left > 0)
                {
                    node.Nft($"add table inet other{left--}");
                }
            }));
    }

    private static InetAddress Address(string text) => InetAddress.Parse(text);

    private static InetPrefix[] Prefixes(string source, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => InetPrefix.Parse(
            source.Contains(':') ? $"fd11:{i:x}::/32" : $"10.{100 + i / 200}.{i % 200}.0/24")),
    ];

    private static NatEntry Entry(string source, string owner = "pods/c1/eg0") => new()
    {
        Source = Address(source),
        Owner = owner,
        Nat = new SourceNat(Address(source.Contains(':') ? "2001:db8::1" : "192.0.2.1")),
        Excluded = [InetPrefix.Parse(source.Contains(':') ? "fd02::/16" : "10.1.0.0/16")],
    };
}
