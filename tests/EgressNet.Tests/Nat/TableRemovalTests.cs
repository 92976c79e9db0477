using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Tests.Attachments;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.Nat;

/// <summary>The table goes with its last address and with no other, also where the kernel counts no elements.</summary>
public sealed class TableRemovalTests : IDisposable
{
    private static readonly NatEntry s_entry = new()
    {
        Source = InetAddress.Parse("10.0.0.1"),
        Owner = "pods/c1/eg0",
        Nat = new SourceNat(),
    };

    private readonly Node _node = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_address_that_comes_meanwhile_keeps_it(bool isCounted)
    {
        using NetlinkConnection netfilter = EmptyTable(isCounted);
        Assert.False(Removes(netfilter, "add element inet egressnet container4 { 10.0.0.2 : fd00::1 }"));
        Assert.Equal(NatTableState.Intact, new NatTable(netfilter).State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_change_of_another_table_does_not_keep_it(bool isCounted)
    {
        using NetlinkConnection netfilter = EmptyTable(isCounted);
        Assert.True(Removes(netfilter, "add table inet other"));
        Assert.DoesNotContain("egressnet", _node.Nft("list ruleset"));
    }

    public void Dispose() => _node.Dispose();

    private bool Removes(NetlinkConnection netfilter, string meanwhile)
    {
        List<string> told = [];
        NatTable nat = new(netfilter, change =>
        {
            told.Add(change);
            _node.Nft(meanwhile);
        });
        bool removed = nat.RemoveTableIfEmpty();
        Assert.Equal(["delete table egressnet"], told);
        return removed;
    }

    private NetlinkConnection EmptyTable(bool isCounted)
    {
        INetlinkTransport kernel = FaultyTransport.OpenNetfilter(NamespaceReference.FromName(_node.Host.Name), new Fault());
        NetlinkConnection netfilter = new(isCounted ? kernel : new UncountingTransport(kernel));
        NatTable nat = new(netfilter);
        nat.Add([s_entry], _ => true);
        nat.Remove(s_entry.Owner, [s_entry.Source]);
        return netfilter;
    }
}
