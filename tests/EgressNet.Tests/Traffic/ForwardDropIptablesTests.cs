using EgressNet.Attachments;

namespace EgressNet.Tests.Traffic;

/// <summary>What iptables leaves in nf_tables.</summary>
public sealed class ForwardDropIptablesTests(ForwardSite shared) : IClassFixture<ForwardSite>, IDisposable
{
    public void Dispose() => shared.DeleteForeignTables();

    [Fact]
    public void Docker_s_drop_policy_is_warned_of_with_a_remedy_that_works()
    {
        LeaveAsDockerDoes();
        shared.AssertReaches(false, Numbers.IPv4);

        string[] warnings = [.. CreationWarnings.Of(shared.Site.Kernel, shared.Pod.Attachment)];
        Assert.Contains("'ip filter FORWARD'", Assert.Single(warnings));
        EgressFinding finding = Assert.Single(new AttachmentInspection(shared.Site.Kernel).Inspect(shared.Pod.Attachment));
        Assert.Equal(EgressFindingKind.ForwardDropped, finding.Kind);
        Assert.Contains("iptables -I DOCKER-USER", finding.Expected);

        Assert.Single(shared.Drops());
        shared.Follow(shared.Drops()[0]);
        Assert.Empty(shared.Drops());
        Assert.Empty(new AttachmentInspection(shared.Site.Kernel).Inspect(shared.Pod.Attachment));
        shared.AssertReaches(true, Numbers.IPv4);
        Assert.Contains("devgroup", shared.Site.Node.Exec("iptables-nft", "-S"));
    }

    [Theory]
    [InlineData("-i", "-o", "H")]
    [InlineData("-i", "-o", "veth+")]
    public void Rules_that_name_the_host_end_are_understood(string input, string output, string name)
    {
        LeaveAsDockerDoes();
        string host = name.Replace("H", shared.Pod.Attachment.HostInterface);
        shared.Site.Node.Exec("iptables-nft", "-I", "FORWARD", input, host, "-j", "ACCEPT");
        Assert.Single(shared.Drops());
        shared.Site.Node.Exec("iptables-nft", "-I", "DOCKER-USER", output, host, "-j", "ACCEPT");
        Assert.Empty(shared.Drops());
        shared.AssertReaches(true, Numbers.IPv4);
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
        Live.RequireTool("iptables-nft");
        foreach (string rule in $"-A FORWARD {rules}".Split("; "))
        {
            shared.Site.Node.Exec("iptables-nft", rule.Split(' '));
        }

        Assert.Equal(reaches, shared.Answers());
        Assert.Equal(reaches ? 0 : 1, shared.Drops().Length);
    }

    [Theory]
    [InlineData("mangle", "PREROUTING")]
    [InlineData("mangle", "POSTROUTING")]
    public void What_to_add_to_other_tables_of_iptables_helps(string table, string chain)
    {
        Live.RequireTool("iptables-nft");
        shared.Site.Node.Exec("iptables-nft", "-t", table, "-P", chain, "DROP");
        shared.Follow(Assert.Single(shared.Drops()));
        Assert.Empty(shared.Drops());
        shared.AssertReaches(true, Numbers.IPv4);
    }

    // The state in which Docker leaves a node that has one network.
    private void LeaveAsDockerDoes()
    {
        Live.RequireTool("iptables-nft");
        shared.Site.Node.Exec("sh", "-e", "-c", """
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
}
