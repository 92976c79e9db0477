using System.Net.Sockets;
using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Plans;

namespace EgressNet.Tests.Traffic;

/// <summary>Chains of others that drop what the node forwards.</summary>
public sealed class ForwardDropTests
{
    [Fact]
    public void Docker_s_drop_policy_is_warned_of_with_a_remedy_that_works()
    {
        using Site site = new();
        LeaveAsDockerDoes(site);
        Pod pod = site.Attach(5);
        AssertReaches(false, site, pod, Numbers.IPv4);

        string[] warnings = [.. CreationWarnings.Of(site.Kernel, pod.Attachment)];
        Assert.Contains("'ip filter FORWARD'", Assert.Single(warnings));
        EgressFinding finding = Assert.Single(new AttachmentInspection(site.Kernel).Inspect(pod.Attachment));
        Assert.Equal(EgressFindingKind.ForwardDropped, finding.Kind);
        Assert.Contains("iptables -I DOCKER-USER", finding.Expected);

        Assert.Single(Drops(site, pod));
        Follow(site, Drops(site, pod)[0]);
        Assert.Empty(Drops(site, pod));
        Assert.Empty(new AttachmentInspection(site.Kernel).Inspect(pod.Attachment));
        AssertReaches(true, site, pod, Numbers.IPv4);
        Assert.Contains("devgroup", site.Node.Exec("iptables-nft", "-S"));
    }

    [Theory]
    [InlineData("-i", "-o", "H")]
    [InlineData("-i", "-o", "veth+")]
    public void Rules_that_name_the_host_end_are_understood(string input, string output, string name)
    {
        using Site site = new();
        LeaveAsDockerDoes(site);
        Pod pod = site.Attach(5);
        string host = name.Replace("H", pod.Attachment.HostInterface);
        site.Node.Exec("iptables-nft", "-I", "FORWARD", input, host, "-j", "ACCEPT");
        Assert.Single(Drops(site, pod));
        site.Node.Exec("iptables-nft", "-I", "DOCKER-USER", output, host, "-j", "ACCEPT");
        Assert.Empty(Drops(site, pod));
        AssertReaches(true, site, pod, Numbers.IPv4);
    }

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
        using Site site = new();
        Pod pod = site.Attach(5);
        site.Node.Exec("nft", $"table inet other {{ {body} }}".Replace("veth*", "\"veth*\""));
        AssertReaches(!drops, site, pod, Numbers.IPv4);
        ForwardDrop[] found = Drops(site, pod);
        Assert.Equal(drops ? ["inet other f"] : [], found.Select(drop => drop.Name));
        if (drops)
        {
            Follow(site, found[0]);
            Assert.Empty(Drops(site, pod));
            AssertReaches(true, site, pod, Numbers.IPv4);
            AssertReaches(true, site, pod, Numbers.IPv6);
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
        using Site site = new();
        Pod pod = site.Attach(5);
        string text = rules.Replace("veth*", "\"veth*\"")
            .Replace("$4", $"{pod.Address(Numbers.IPv4)}").Replace("$6", $"{pod.Address(Numbers.IPv6)}");
        site.Node.Exec("nft", $$"""
            table inet other {
                chain x { drop; }; chain z { return; }; chain y { jump z; drop; }
                chain f { type filter hook forward priority 0; policy {{policy}}; {{text}}; }
            }
            """);
        Assert.Equal(drops, Drops(site, pod).Length == 1);
        AssertReaches(!drops || passesFirst, site, pod, Numbers.IPv4);
    }

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
        using Site site = new();
        Pod pod = site.Attach(5);
        string text = rules.Replace("veth*", "\"veth*\"").Replace("br*", "\"br*\"")
            .Replace("HOST", pod.Attachment.HostInterface).Replace("$4", $"{pod.Address(Numbers.IPv4)}");
        site.Node.Exec("nft", $$"""
            table inet other {
                set some { type ipv4_addr; elements = { 10.0.0.9, {{pod.Address(Numbers.IPv4)}} }; }
                set none { type ipv4_addr; }
                set ranges { type ipv4_addr; flags interval; elements = { 10.0.0.0/8, 169.254.172.0/30, 169.254.172.4/31 }; }
                map verdicts { type ipv4_addr : verdict; elements = { {{pod.Address(Numbers.IPv4)}} : drop }; }
                chain x { drop; }
                chain f { type filter hook forward priority 0; policy accept; {{text}}; }
            }
            """);
        bool reaches = Answers(site, pod);
        Assert.Equal(!drops || passes, reaches);
        Assert.Equal(drops, Drops(site, pod).Length == 1);
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
        using Site site = new();
        Pod pod = site.Attach(5);
        site.Node.Exec("nft", "table inet other { chain f { type filter hook forward priority 0; "
            + $"policy {policy}; {rules.Replace("$4", $"{pod.Address(Numbers.IPv4)}")}; }}; }}");
        Assert.Equal(reaches, Answers(site, pod));
        int told = isTold ?? !reaches ? 1 : 0;
        Assert.Equal(told, Drops(site, pod).Length);
        Assert.Equal(told, new AttachmentInspection(site.Kernel).Inspect(pod.Attachment).Count);
    }

    [Fact]
    public void Before_it_is_made_a_chain_that_may_drop_is_told_as_such()
    {
        using Site site = new();
        Pod pod = site.Attach(5);
        site.Nft("table inet other { chain f { type filter hook forward priority 0; policy drop; meta mark 7 accept; }; }");
        Assert.Contains("may drop", Assert.Single(CreationWarnings.Of(site.Kernel, pod.Attachment)));
        Assert.Empty(new AttachmentInspection(site.Kernel).Inspect(pod.Attachment));
    }

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
        using Site site = new();
        Pod pod = site.Attach(5);
        string text = $"{rule} counter".Replace("drop counter", "counter drop").Replace("policy counter drop", "policy drop; counter")
            .Replace("HOST", pod.Attachment.HostInterface).Replace("$4", $"{pod.Address(Numbers.IPv4)}");
        site.Node.Exec("nft", $"table ip other {{ chain f {{ type filter hook {hook}; {text}; }}; }}");
        Assert.Equal(reaches, IsAnswered(site, pod));
        ForwardDrop[] found = Drops(site, pod);
        Assert.Equal(reaches ? 0 : 1, found.Length);
        if (found.Length > 0)
        {
            Follow(site, found[0]);
            Assert.Empty(Drops(site, pod));

            // Before connections are tracked there is no rule for replies.
            Assert.Equal(!hook.Contains("-300"), IsAnswered(site, pod));
        }
    }

    [Theory]
    [InlineData("-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT; -A FORWARD -j REJECT --reject-with icmp-host-prohibited", false)]
    [InlineData("-m conntrack --ctdir ORIGINAL -j ACCEPT; -A FORWARD -m conntrack --ctdir REPLY -j ACCEPT; -P FORWARD DROP", true)]
    [InlineData("-m conntrack --ctstatus EXPECTED -j ACCEPT; -P FORWARD DROP", false)]
    [InlineData("-m mark --mark 0 -j ACCEPT; -P FORWARD DROP", true)]
    [InlineData("-m ttl --ttl-gt 1 -j ACCEPT; -P FORWARD DROP", true)]
    [InlineData("-m limit --limit 9000/s --limit-burst 99 -j ACCEPT; -P FORWARD DROP", true)]
    [InlineData("-m addrtype ! --dst-type LOCAL -j ACCEPT; -P FORWARD DROP", true)]
    [InlineData("-m physdev --physdev-is-bridged -j ACCEPT; -P FORWARD DROP", false)]
    [InlineData("-p tcp --dport 22 -j ACCEPT; -P FORWARD DROP", false)]
    [InlineData("-j MARK --set-mark 7; -A FORWARD -j DROP", false)]
    public void Extensions_of_iptables_are_judged_alike(string rules, bool reaches)
    {
        using Site site = new();
        Pod pod = site.Attach(5);
        Live.RequireTool("iptables-nft");
        foreach (string rule in $"-A FORWARD {rules}".Split("; "))
        {
            site.Node.Exec("iptables-nft", rule.Split(' '));
        }

        Assert.Equal(reaches, Answers(site, pod));
        Assert.Equal(reaches ? 0 : 1, Drops(site, pod).Length);
    }

    [Theory]
    [InlineData("mangle", "PREROUTING")]
    [InlineData("mangle", "POSTROUTING")]
    public void What_to_add_to_other_tables_of_iptables_helps(string table, string chain)
    {
        using Site site = new();
        Pod pod = site.Attach(5);
        Live.RequireTool("iptables-nft");
        site.Node.Exec("iptables-nft", "-t", table, "-P", chain, "DROP");
        Follow(site, Assert.Single(Drops(site, pod)));
        Assert.Empty(Drops(site, pod));
        AssertReaches(true, site, pod, Numbers.IPv4);
    }

    [Fact]
    public void Elements_that_cannot_be_judged_are_no_finding()
    {
        using Site site = new();
        Pod pod = site.Attach(5);
        site.Node.Exec("nft", $$"""
            table inet other {
                set limited { type ipv4_addr; flags dynamic; elements = { {{pod.Address(Numbers.IPv4)}} limit rate over 9000/second }; }
                chain f { type filter hook forward priority 0; policy accept; ip saddr @limited drop; }
            }
            """);
        Assert.True(Answers(site, pod));
        Assert.Empty(Drops(site, pod));
    }

    [Theory]
    [InlineData("oifname docker0 accept; oifname != up0 accept; oifname veth* accept", true)]
    [InlineData("oif docker0 accept; ct state established accept", true)]
    [InlineData("oif up0 accept; iif up0 accept", false)]
    [InlineData("oifname != docker0 accept", false)]
    public void Where_the_default_route_leads_to_is_the_way_outside(string rules, bool drops)
    {
        using Site site = new();
        site.Node.Ip("link add docker0 type veth peer name docker1");
        site.Node.Ip($"route add default via {Numbers.IPv4.Outside}");
        site.Node.Ip($"-6 route add default via {Numbers.IPv6.Outside}");
        Pod pod = site.Attach(5);
        site.Node.Exec("nft", "table inet other { chain f { type filter hook forward priority 0; policy drop; "
            + $"{rules.Replace("veth*", "\"veth*\"")}; }}; }}");
        Assert.Equal(drops, Drops(site, pod).Length == 1);
        AssertReaches(!drops, site, pod, Numbers.IPv4);
    }

    [Fact]
    public void A_chain_that_comes_or_goes_between_two_looks_is_seen()
    {
        using Site site = new();
        Pod pod = site.Attach(5);
        AttachmentInspection inspection = new(site.Kernel);
        Assert.Empty(inspection.Inspect(pod.Attachment));
        site.Nft("table inet other { chain f { type filter hook forward priority 0; policy drop; }; }");
        Assert.Single(inspection.Inspect(pod.Attachment));
        site.Nft("delete table inet other");
        Assert.Empty(inspection.Inspect(pod.Attachment));
    }

    [Fact]
    public void A_chain_of_another_family_is_nothing_to_a_container()
    {
        using Site site = new();
        Pod pod = site.Attach(5);
        site.Node.Exec("nft", "table ip6 other { chain f { type filter hook forward priority 0; policy drop; }; }");
        ForwardDrops drops = new(site.Kernel.Netfilter);
        string host = pod.Attachment.HostInterface;
        Assert.Empty(drops.Of(site.Kernel.Host, host, [pod.Address(Numbers.IPv4).ToInet()]));
        Assert.Single(drops.Of(site.Kernel.Host, host, [pod.Address(Numbers.IPv6).ToInet()]));
    }

    // Both ways. What is sent first through one interface arrives first, once everybody knows their neighbours.
    private static bool Answers(Site site, Pod pod)
    {
        using Socket server = site.Outside.BindUdp(Numbers.IPv4.Outside), far = site.Outside.BindUdp(Numbers.IPv4.Outside);
        using Socket client = pod.Namespace.BindUdp(pod.Address(Numbers.IPv4));
        using Socket near = site.Node.BindUdp(Numbers.IPv4.Gateway), node = site.Node.BindUdp(Numbers.IPv4.Node);
        node.Exchange(far);
        client.Exchange(near);
        client.Ask(server.LocalEndPoint!);
        client.Exchange(near);
        node.Exchange(far);
        if (server.Available == 0)
        {
            return false;
        }

        server.Ask(server.Hear());
        far.Ask(node.LocalEndPoint!);
        node.Hear();
        return client.Available > 0;
    }

    // Until the answer is there, or the chain has counted what it drops.
    private static bool IsAnswered(Site site, Pod pod)
    {
        using Socket server = site.Outside.BindUdp(Numbers.IPv4.Outside);
        using Socket client = pod.Namespace.BindUdp(pod.Address(Numbers.IPv4));
        string before = Count();
        client.Ask(server.LocalEndPoint!);
        Eventually.True(() => server.Available > 0 || Count() != before);
        if (server.Available > 0)
        {
            server.Ask(server.Hear());
            Eventually.True(() => client.Available > 0 || Count() != before);
        }

        return client.Available > 0;

        string Count() => site.Nft("list chain ip other f").Split('\n').Single(line => line.Contains("packets"));
    }

    // The state in which Docker leaves a node that has one network.
    private static void LeaveAsDockerDoes(Site site)
    {
        Live.RequireTool("iptables-nft");
        site.Node.Exec("sh", "-e", "-c", """
            iptables-nft -P FORWARD DROP
            iptables-nft -N DOCKER; iptables-nft -N DOCKER-USER
            iptables-nft -N DOCKER-ISOLATION-STAGE-1; iptables-nft -N DOCKER-ISOLATION-STAGE-2
            iptables-nft -A FORWARD -j DOCKER-USER
            iptables-nft -A FORWARD -j DOCKER-ISOLATION-STAGE-1
            iptables-nft -A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
            iptables-nft -A FORWARD -o docker0 -j DOCKER
            iptables-nft -A FORWARD -i docker0 ! -o docker0 -j ACCEPT
            iptables-nft -A FORWARD -i docker0 -o docker0 -j ACCEPT
            iptables-nft -A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2
            iptables-nft -A DOCKER-ISOLATION-STAGE-1 -j RETURN
            iptables-nft -A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP
            iptables-nft -A DOCKER-ISOLATION-STAGE-2 -j RETURN
            iptables-nft -A DOCKER-USER -j RETURN
            iptables-nft -t nat -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
            """);
    }

    private static ForwardDrop[] Drops(Site site, Pod pod) => [.. All(site, pod).Where(drop => drop.IsCertain)];

    private static ForwardDrop[] All(Site site, Pod pod) =>
    [
        .. new ForwardDrops(site.Kernel.Netfilter).Of(
            site.Kernel.Host,
            pod.Attachment.HostInterface,
            [.. pod.Attachment.Addresses.Select(each => each.Address.Address)]),
    ];

    private static void Follow(Site site, ForwardDrop drop)
    {
        foreach (string command in drop.Remedy.Split("; "))
        {
            site.Node.Exec("sh", "-c", command.Replace("iptables ", "iptables-nft "));
        }
    }

    private static void AssertReaches(bool isReached, Site site, Pod pod, Numbers numbers)
    {
        using Socket server = site.Outside.BindUdp(numbers.Outside);
        using Socket client = pod.Namespace.BindUdp(pod.Address(numbers));
        using Socket sentinel = site.Node.BindUdp(numbers.Gateway);
        client.Ask(server.LocalEndPoint!);
        client.Exchange(sentinel);
        Assert.Equal(isReached, server.Poll(isReached ? NamespaceSockets.Patience : TimeSpan.Zero, SelectMode.SelectRead));
    }
}
