using EgressNet.Nat;

namespace EgressNet.Tests.Traffic;

/// <summary>Where others' chains are, and when they are looked at.</summary>
public sealed class ForwardDropHookTests(ForwardSite shared) : IClassFixture<ForwardSite>, IDisposable
{
    public void Dispose() => shared.DeleteForeignTables();

    [Theory]
    [InlineData("prerouting priority -10", "iifname HOST drop", false)]
    [InlineData("prerouting priority -10", "oifname HOST drop", true)]
    [InlineData("prerouting priority -10", "oifname != HOST drop", false)]
    [InlineData("prerouting priority -300", "ct state new drop", true)]
    [InlineData("prerouting priority -300", "ct state invalid drop", false)]
    [InlineData("prerouting priority -150", "ct state new drop", false)]
    [InlineData("prerouting priority -150", "ip daddr $4 drop", true)]
    [InlineData("prerouting priority -10", "ip daddr $4 drop", false)]
    [InlineData("prerouting priority -10", "fib saddr . iif oif missing drop", true)]
    [InlineData("postrouting priority 50", "ip saddr $4 drop", false)]
    [InlineData("postrouting priority 150", "ip saddr $4 drop", true)]
    [InlineData("postrouting priority 150", "oifname HOST drop", false)]
    [InlineData("postrouting priority -10", "iifname HOST drop", false)]
    [InlineData("postrouting priority -10", "policy drop", false)]
    public void Chains_before_and_behind_the_routing_are_seen_too(string hook, string rule, bool reaches)
    {
        string text = $"{rule} counter".Replace("drop counter", "counter drop").Replace("policy counter drop", "policy drop; counter")
            .Replace("HOST", shared.Pod.Attachment.HostInterface).Replace("$4", $"{shared.Pod.Address(Numbers.IPv4)}");
        shared.Site.Node.Exec("nft", $"table ip other {{ chain f {{ type filter hook {hook}; {text}; }}; }}");
        Assert.Equal(reaches, shared.IsAnswered());
        ForwardDrop[] found = shared.Drops();
        Assert.Equal(reaches ? 0 : 1, found.Length);
        if (found.Length > 0)
        {
            shared.Follow(found[0]);
            Assert.Empty(shared.Drops());

            // Before connections are tracked there is no rule for replies.
            Assert.Equal(!hook.Contains("-300"), shared.IsAnswered());
        }
    }

    [Theory]
    [InlineData("oifname docker0 accept; oifname != up0 accept; oifname veth* accept", true)]
    [InlineData("oif docker0 accept; ct state established accept", true)]
    [InlineData("oif up0 accept; iif up0 accept", false)]
    [InlineData("oifname != docker0 accept", false)]
    public void Where_the_default_route_leads_to_is_the_way_outside(string rules, bool drops)
    {
        using ForwardSite own = new();
        Site site = own.Site;
        site.Node.Ip("link add docker0 type veth peer name docker1");
        site.Node.Ip($"route add default via {Numbers.IPv4.Outside}");
        site.Node.Ip($"-6 route add default via {Numbers.IPv6.Outside}");
        site.Node.Exec("nft", "table inet other { chain f { type filter hook forward priority 0; policy drop; "
            + $"{rules.Replace("veth*", "\"veth*\"")}; }}; }}");
        Assert.Equal(drops, own.Drops().Length == 1);
        own.AssertReaches(!drops, Numbers.IPv4);
    }

    [Fact]
    public void A_chain_that_comes_or_goes_between_two_looks_is_seen()
    {
        AttachmentInspection inspection = new(shared.Site.Kernel);
        Assert.Empty(inspection.Inspect(shared.Pod.Attachment));
        shared.Site.Nft("table inet other { chain f { type filter hook forward priority 0; policy drop; }; }");
        Assert.Single(inspection.Inspect(shared.Pod.Attachment));
        shared.Site.Nft("delete table inet other");
        Assert.Empty(inspection.Inspect(shared.Pod.Attachment));
    }

    [Fact]
    public void A_chain_of_another_family_is_nothing_to_a_container()
    {
        shared.Site.Node.Exec("nft", "table ip6 other { chain f { type filter hook forward priority 0; policy drop; }; }");
        ForwardDrops drops = new(shared.Site.Kernel.Netfilter);
        string host = shared.Pod.Attachment.HostInterface;
        Assert.Empty(drops.Of(shared.Site.Kernel.Host, host, [shared.Pod.Address(Numbers.IPv4).ToInet()]));
        Assert.Single(drops.Of(shared.Site.Kernel.Host, host, [shared.Pod.Address(Numbers.IPv6).ToInet()]));
    }

    [Fact]
    public void Before_it_is_made_a_chain_that_may_drop_is_told_as_such()
    {
        shared.Site.Nft("table inet other { chain f { type filter hook forward priority 0; policy drop; meta mark 7 accept; }; }");
        Assert.Contains("may drop", Assert.Single(CreationWarnings.Of(shared.Site.Kernel, shared.Pod.Attachment)));
        Assert.Empty(new AttachmentInspection(shared.Site.Kernel).Inspect(shared.Pod.Attachment));
    }
}
