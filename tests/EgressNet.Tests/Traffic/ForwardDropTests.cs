using EgressNet.Nat;

namespace EgressNet.Tests.Traffic;

/// <summary>Rules of others that drop what the node forwards.</summary>
public sealed class ForwardDropTests(ForwardSite shared) : IClassFixture<ForwardSite>, IDisposable
{
    public void Dispose() => shared.DeleteForeignTables();

    [Theory]
    [InlineData("chain f { type filter hook forward priority 0; policy drop; };", true)]
    [InlineData("chain f { type filter hook forward priority 10; ct state established accept; reject; };", true)]
    [InlineData("chain f { type filter hook forward priority 10; iifname other accept; drop; };", true)]
    [InlineData("chain f { type filter hook forward priority 0; policy drop; ct state established accept; tcp dport 22 accept; };", true)]
    [InlineData("chain f { type filter hook forward priority 0; policy drop; ct state established accept; accept; };", false)]
    [InlineData("chain f { type filter hook forward priority 0; policy drop; ct state established accept; iifname veth* accept; };", false)]
    [InlineData("chain g { accept; }; chain f { type filter hook forward priority 0; policy drop; jump g; };", false)]
    [InlineData("chain f { type filter hook forward priority 0; policy accept; };", false)]
    [InlineData("flags dormant; chain f { type filter hook forward priority 0; policy drop; };", false)]
    [InlineData("chain f { type filter hook postrouting priority -300; policy accept; };", false)]
    public void A_chain_that_drops_is_told_from_one_that_does_not(string body, bool drops)
    {
        shared.Site.Node.Exec("nft", $"table inet other {{ {body} }}".Replace("veth*", "\"veth*\""));
        shared.AssertReaches(!drops, Numbers.IPv4);
        ForwardDrop[] found = shared.Drops();
        Assert.Equal(drops ? ["inet other f"] : [], found.Select(drop => drop.Name));
        if (drops)
        {
            shared.Follow(found[0]);
            Assert.Empty(shared.Drops());
            shared.AssertReaches(true, Numbers.IPv4);
            shared.AssertReaches(true, Numbers.IPv6);
        }
    }

    [Theory]
    [InlineData("iifname veth* tcp dport 22 accept; oifname veth* accept", "drop", true)]
    [InlineData("iifname veth* meta nfproto ipv6 accept; oifname veth* accept", "drop", true)]
    [InlineData("iifname veth* oifname eth9 accept; oifname veth* accept", "drop", true)]
    [InlineData("iifname veth* drop; iifname veth* accept; oifname veth* accept", "drop", true)]
    [InlineData("ct state established,related accept; iifname veth* ip saddr 192.0.2.1 accept", "drop", true)]
    [InlineData("ct state established accept; ct state vmap { invalid : drop }", "drop", true)]
    [InlineData("ct state new iifname veth* accept; oifname veth* accept", "drop", true, true)]
    [InlineData("jump x", "accept", true)]
    [InlineData("jump y", "accept", true)]
    [InlineData("tcp dport 22 jump x", "accept", false)]
    [InlineData("iifname veth* drop", "accept", true)]
    [InlineData("ip saddr 0.0.0.0/0 drop", "accept", true)]
    [InlineData("iifname veth* goto z; drop", "accept", true, true)]
    [InlineData("iifname veth* goto z", "accept", false)]
    [InlineData("iifname veth* accept; meta l4proto { tcp, icmp } reject", "accept", false)]
    [InlineData("oifname up0 accept; iifname up0 accept", "drop", false)]
    [InlineData("ct state established,related accept; ct state new iifname veth* accept", "drop", false)]
    [InlineData("ct state vmap { established : accept, related : accept }; iifname vmap { veth* : accept }", "drop", false)]
    [InlineData("iifname { veth* } accept; oifname { veth* } accept", "drop", false)]
    [InlineData("iifgroup 16925400-16925403 accept; oifgroup 16925400-16925403 accept", "drop", false)]
    [InlineData("meta nfproto ipv4 ip saddr $4 accept; ip daddr $4 accept; ip6 saddr $6 accept; ip6 daddr $6 accept", "drop", false)]
    public void Rules_are_followed_in_their_order(string rules, string policy, bool drops, bool passesFirst = false)
    {
        string text = rules.Replace("veth*", "\"veth*\"")
            .Replace("$4", $"{shared.Pod.Address(Numbers.IPv4)}").Replace("$6", $"{shared.Pod.Address(Numbers.IPv6)}");
        shared.Site.Node.Exec("nft", $$"""
            table inet other {
                chain x { drop; }; chain z { return; }; chain y { jump z; drop; }
                chain f { type filter hook forward priority 0; policy {{policy}}; {{text}}; }
            }
            """);
        Assert.Equal(drops, shared.Drops().Length == 1);
        shared.AssertReaches(!drops || passesFirst, Numbers.IPv4);
    }

    [Theory]
    [InlineData("ct direction original accept; ct direction reply accept", "drop", true)]
    [InlineData("ct direction reply accept; ct direction original drop", "accept", false)]
    [InlineData("ct state new accept; ct direction reply accept", "drop", true, true)]
    [InlineData("ct state new accept; ct status confirmed accept", "drop", true)]
    [InlineData("ct state new accept; ct status seen-reply accept", "drop", true)]
    [InlineData("ct state established accept; ct status dnat accept", "drop", false)]
    [InlineData("ct state established accept; ct status confirmed accept", "drop", false)]
    [InlineData("ct state new accept; ct status snat accept", "drop", true)]
    [InlineData("meta nfproto ipv6 accept; ip ttl > 1 accept", "drop", true)]
    [InlineData("fib daddr type != local accept", "drop", true)]
    [InlineData("limit rate 9000/second accept", "drop", true)]
    [InlineData("ct mark 0 accept", "drop", true)]
    [InlineData("meta mark 0 accept", "drop", true)]
    [InlineData("meta mark 7 return; drop", "accept", false, false)]
    [InlineData("meta mark 7 accept", "drop", false, false)]
    [InlineData("meta mark 0 return; drop", "accept", true)]
    [InlineData("meta mark set 5 accept", "drop", true)]
    [InlineData("meta mark set 5 meta mark 5 accept", "drop", true)]
    [InlineData("meta mark set 5 drop", "accept", false)]
    [InlineData("ct mark set 5 drop", "accept", false)]
    [InlineData("ip dscp set cs1 drop", "accept", false)]
    [InlineData("numgen random mod 1 0 accept", "drop", true)]
    [InlineData("meta nfproto ipv6 accept; ct original ip saddr $4 accept", "drop", true)]
    [InlineData("meta pkttype host accept", "drop", true)]
    [InlineData("meta protocol ip accept", "drop", true, true)]
    [InlineData("meta protocol ip6 accept", "drop", false)]
    [InlineData("iiftype ether accept", "drop", true)]
    [InlineData("iiftype ether drop", "accept", false)]
    [InlineData("iiftype loopback drop", "accept", true)]
    public void What_may_accept_is_no_claim_of_a_drop(string rules, string policy, bool reaches, bool? isTold = null)
    {
        shared.Site.Node.Exec("nft", "table inet other { chain f { type filter hook forward priority 0; "
            + $"policy {policy}; {rules.Replace("$4", $"{shared.Pod.Address(Numbers.IPv4)}")}; }}; }}");
        Assert.Equal(reaches, shared.Answers());
        int told = isTold ?? !reaches ? 1 : 0;
        Assert.Equal(told, shared.Drops().Length);
        Assert.Equal(told, new AttachmentInspection(shared.Site.Kernel).Inspect(shared.Pod.Attachment).Count);
    }
}
