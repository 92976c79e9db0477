namespace EgressNet.Tests.Traffic;

/// <summary>Drops of others by sets and maps.</summary>
public sealed class ForwardDropSetTests(ForwardSite shared) : IClassFixture<ForwardSite>, IDisposable
{
    public void Dispose() => shared.DeleteForeignTables();

    [Theory]
    [InlineData("iifname { docker0, veth* } drop", true)]
    [InlineData("iifname { docker0, br* } drop", false)]
    [InlineData("iifname != { docker0, HOST } drop", true)]
    [InlineData("ip saddr @some drop", true)]
    [InlineData("ip saddr @none drop", false)]
    [InlineData("iifname HOST ip saddr != @some drop", false)]
    [InlineData("iifname HOST ip saddr != @none drop", true)]
    [InlineData("ip saddr @ranges drop", true)]
    [InlineData("ip daddr { $4, 10.0.0.9 } drop", true)]
    [InlineData("ip saddr { 169.254.0.0/24, 169.254.171.0-169.254.179.255 } drop", true)]
    [InlineData("ip saddr { 169.254.0.0/24, 169.254.173.0-169.254.179.255 } drop", false)]
    [InlineData("ip saddr . iifname { $4 . HOST, 10.0.0.9 . up0 } drop", true)]
    [InlineData("ip saddr . iifname { $4 . up0, 10.0.0.9 . HOST } drop", false)]
    [InlineData("ip saddr . ip daddr { 169.254.172.0/22 . 0.0.0.0/0 } drop", true)]
    [InlineData("ip saddr . ip daddr { 169.254.172.0/22 . 10.0.0.0/8 } drop", false)]
    [InlineData("iifname . udp dport { HOST . 53, HOST . 54 } drop", false)]
    [InlineData("udp dport { 53, 54 } drop", false)]
    [InlineData("udp dport != 53-54 accept; drop", true, true)]
    [InlineData("ip saddr vmap { 10.0.0.0/8 : accept, 169.254.172.0/22 : jump x }", true)]
    [InlineData("ip saddr vmap @verdicts", true)]
    [InlineData("ip saddr vmap { 10.0.0.9 : accept, * : drop }", true)]
    [InlineData("ip saddr vmap { $4 : accept, * : drop }", true)]
    [InlineData("iifname HOST ip saddr vmap { $4 : accept, * : drop }", false)]
    [InlineData("iifname . ip saddr vmap { HOST . $4 : goto x, up0 . 10.0.0.9 : accept }", true)]
    [InlineData("iif { HOST } drop", true)]
    [InlineData("iif != { HOST, up0 } drop", false)]
    [InlineData("iifgroup 16925400-16925403 drop", true)]
    [InlineData("iifgroup { 0, 1-5 } ip saddr $4 drop", false)]
    [InlineData("iifgroup { 7, 16925399-16925403 } ip saddr $4 drop", true)]
    [InlineData("ct state . ip saddr { new . $4 } drop", true)]
    [InlineData("meta mark { 5, 7 } drop", false)]
    [InlineData("meta mark set ip saddr map { $4 : 7 }", false)]
    public void A_drop_by_set_or_map_is_reported_if_it_matches_the_container(string rules, bool drops, bool passes = false)
    {
        string text = rules.Replace("veth*", "\"veth*\"").Replace("br*", "\"br*\"")
            .Replace("HOST", shared.Pod.Attachment.HostInterface).Replace("$4", $"{shared.Pod.Address(Numbers.IPv4)}");
        shared.Site.Node.Exec("nft", $$"""
            table inet other {
                set some { type ipv4_addr; elements = { 10.0.0.9, {{shared.Pod.Address(Numbers.IPv4)}} }; }
                set none { type ipv4_addr; }
                set ranges { type ipv4_addr; flags interval; elements = { 10.0.0.0/8, 169.254.172.0/30, 169.254.172.4/31 }; }
                map verdicts { type ipv4_addr : verdict; elements = { {{shared.Pod.Address(Numbers.IPv4)}} : drop }; }
                chain x { drop; }
                chain f { type filter hook forward priority 0; policy accept; {{text}}; }
            }
            """);
        bool reaches = shared.Answers();
        Assert.Equal(!drops || passes, reaches);
        Assert.Equal(drops, shared.Drops().Length == 1);
    }

    [Fact]
    public void Elements_that_cannot_be_judged_are_no_finding()
    {
        shared.Site.Node.Exec("nft", $$"""
            table inet other {
                set limited { type ipv4_addr; flags dynamic; elements = { {{shared.Pod.Address(Numbers.IPv4)}} limit rate over 9000/second }; }
                chain f { type filter hook forward priority 0; policy accept; ip saddr @limited drop; }
            }
            """);
        Assert.True(shared.Answers());
        Assert.Empty(shared.Drops());
    }
}
