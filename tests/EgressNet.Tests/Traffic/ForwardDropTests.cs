using System.Net.Sockets;
using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Plans;

namespace EgressNet.Tests.Traffic;

/// <summary>Chains of others that drop what the node forwards.</summary>
public sealed class ForwardDropTests
{
    [Fact]
    public void What_Docker_leaves_is_told_and_what_was_told_lets_a_container_out()
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
        Assert.Empty(drops.Of(pod.Attachment.HostInterface, [Netlink.Inet.AddressFamily.IPv4]));
        Assert.Single(drops.Of(pod.Attachment.HostInterface, [Netlink.Inet.AddressFamily.IPv6]));
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

    private static ForwardDrop[] Drops(Site site, Pod pod) =>
        [.. new ForwardDrops(site.Kernel.Netfilter).Of(pod.Attachment.HostInterface, [.. pod.Attachment.Families])];

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
