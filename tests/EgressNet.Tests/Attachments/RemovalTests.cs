using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;
using EgressNet.Nodes;
using EgressNet.Plans;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.Attachments;

public sealed class RemovalTests
{
    [Fact]
    public void What_is_forgotten_of_tracked_connections_is_told()
    {
        using Node node = new();
        Attachment attachment = node.Attachment("c1", "169.254.172.5/22");
        node.Create(attachment);
        node.Settle();
        node.Container.Exec("ping", "-c1", "-W2", "169.254.172.1");
        node.Reported.Clear();
        Assert.True(node.Remove(attachment));
        Assert.Contains("delete 1 tracked connection of 169.254.172.5", node.Reported);

        node.Create(attachment);
        node.Reported.Clear();
        Assert.True(node.Remove(attachment));
        Assert.DoesNotContain(node.Reported, text => text.Contains("tracked"));
    }

    [Fact]
    public void With_its_namespace_just_deleted_all_goes()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        node.Container.Dispose();
        Assert.True(node.Remove(attachment));
        AssertNothing(node, attachment);
    }

    [Fact]
    public void With_its_namespace_long_gone_all_goes()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        node.Container.Dispose();
        Eventually.True(() => !node.Host.Ip("link show").Contains(attachment.HostInterface));
        Attachment read = Assert.Single(new AttachmentReader(node.Kernel).Read()).Attachment;
        Assert.Null(read.Namespace);
        Assert.True(node.Remove(read));
        AssertNothing(node, attachment);
    }

    [Fact]
    public void Without_its_pair_the_translation_goes_and_only_once()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        node.Host.Ip($"link del {attachment.HostInterface}");
        Assert.True(node.Remove(attachment));
        Assert.False(node.Remove(attachment));
        AssertNothing(node, attachment);
    }

    [Fact]
    public void With_the_packet_filter_flushed_the_pair_goes()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        node.Nft("flush ruleset");
        Assert.True(node.Remove(attachment));
        AssertNothing(node, attachment);
    }

    [Fact]
    public void Under_a_chosen_name_it_is_found_by_its_id_alone()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment() with { HostInterface = "h0" };
        node.Create(attachment);
        Assert.True(node.Remove(node.FullAttachment()));
        AssertNothing(node, attachment);
    }

    [Fact]
    public void One_made_since_in_another_namespace_stays()
    {
        using Node node = new();
        using LiveNamespace other = new();
        AttachmentReader reader = new(node.Kernel);
        node.Create(node.FullAttachment());
        Attachment old = Assert.Single(reader.Read("c1")).Attachment;
        Assert.True(node.Remove(old));
        node.Create(node.FullAttachment() with { Namespace = NamespaceReference.FromName(other.Name) });

        foreach (Attachment[] meant in (Attachment[][])[[old], [old, node.Attachment("c2", "10.9.8.7/24")]])
        {
            RemovalResult refused = new AttachmentRemoval(node.Kernel).Remove(meant).First();
            Assert.IsType<NetNamespaceException>(refused.Fault);
            Assert.Single(reader.Read("c1"));
        }
    }

    [Theory, InlineData("uplink", null), InlineData("uplink", "foo0"), InlineData("egressnet:not-an-owner", null)]
    public void Its_pair_goes_whatever_somebody_called_it(string alias, string? name)
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        node.Host.Ip($"link set {attachment.HostInterface} alias {alias}");
        if (name is not null)
        {
            Live.RequireKernel(6, 2, "A new name for an interface that is up");
            node.Host.Ip($"link set {attachment.HostInterface} name {name}");
        }

        Assert.True(node.Remove(attachment));
        Assert.Equal("", node.Host.Ip("link show type veth"));
        AssertNothing(node, attachment);
    }

    [Fact]
    public void Its_pair_goes_with_the_alias_of_another_attachment_too()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        node.Host.Ip($"link set {attachment.HostInterface} alias egressnet:egress/other/eg0");
        Assert.True(node.Remove(attachment));
        Assert.Equal("", node.Host.Ip("link show type veth"));
        AssertNothing(node, attachment);
    }

    [Fact]
    public void A_pair_that_was_given_its_index_and_name_is_somebody_else_s()
    {
        using Node node = new();
        using LiveNamespace other = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        string host = attachment.HostInterface;
        string index = node.Host.Ip($"-o link show {host}").Split(':')[0];
        node.Host.Ip($"link del {host}");
        node.Host.Ip($"link add {host} index {index} type veth peer name eg0 netns {other.Name}");
        Assert.True(node.Remove(attachment));
        Assert.Contains(host, node.Host.Ip("link show"));
        Assert.Contains("eg0", other.Ip("link show"));
    }

    [Fact]
    public void An_interface_of_the_same_name_that_is_not_its_own_stays()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Host.Ip($"link add {attachment.HostInterface} type veth peer name other0");
        node.Host.Ip($"link set {attachment.HostInterface} alias uplink");
        Assert.False(node.Remove(attachment));
        Assert.Contains(attachment.HostInterface, node.Host.Ip("link show"));
    }

    [Fact]
    public void A_packet_filter_refusal_is_reported_and_the_pair_still_goes()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        using EgressKernel kernel = Refusing(node, host: 0, netfilter: 1);
        AttachmentRemovalException thrown = Assert.Throws<AttachmentRemovalException>(
            () => new AttachmentRemoval(kernel).Remove(attachment));
        NfTransactionException fault = Assert.IsType<NfTransactionException>(Assert.Single(thrown.Faults));
        Assert.Equal(Fault.EIO, (int)fault.Errno);
        Assert.StartsWith("Not all of pods/c1/eg0 was removed: ", thrown.Message);
        Assert.DoesNotContain(attachment.HostInterface, node.Host.Ip("link show"));
        Assert.Equal(2, new NatTable(node.Kernel.Netfilter).List().Count);

        Assert.True(node.Remove(attachment));
        AssertNothing(node, attachment);
    }

    [Fact]
    public void A_pair_deletion_refusal_is_reported_and_the_NAT_still_goes()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        using EgressKernel kernel = Refusing(node, host: 1, netfilter: 0);
        Assert.IsType<NetlinkException>(Assert.Single(Assert.Throws<AttachmentRemovalException>(
            () => new AttachmentRemoval(kernel).Remove(attachment)).Faults));
        Assert.Empty(new NatTable(node.Kernel.Netfilter).List());
        Assert.True(node.Remove(attachment));
        AssertNothing(node, attachment);
    }

    [Fact]
    public void Refusals_of_both_are_both_told()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        using EgressKernel kernel = Refusing(node, host: 1, netfilter: 1);
        Assert.Equal(2, Assert.Throws<AttachmentRemovalException>(
            () => new AttachmentRemoval(kernel).Remove(attachment)).Faults.Count);
        Assert.True(node.Remove(attachment));
        AssertNothing(node, attachment);
    }

    [Fact]
    public void One_of_two_leaves_the_other_and_the_table_whole()
    {
        using Node node = new();
        using LiveNamespace other = new();
        Attachment first = node.FullAttachment();
        Attachment second = node.SecondAttachment(other);
        node.Create(first);
        node.Create(second);
        Assert.True(node.Remove(first));
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(second));
        Assert.Equal(2, new NatTable(node.Kernel.Netfilter).List().Count);
        Assert.True(node.Remove(second));
        AssertNothing(node, first);
    }

    [Fact]
    public void The_rules_of_others_are_the_same_to_the_byte()
    {
        using Node node = new();
        node.Host.Exec("nft", """
            table inet mine {
                set egressnet { type ipv4_addr; elements = { 169.254.172.5 } }
                chain postrouting { type nat hook postrouting priority srcnat; ip saddr @egressnet masquerade; }
                chain forward { type filter hook forward priority 0; ct state established counter accept; }
            }
            """);
        bool hasIptables = Tool.Try(
            "ip", "netns", "exec", node.Host.Name, "iptables", "-t", "nat", "-A", "POSTROUTING", "-s", "10.0.0.0/8",
            "-j", "ACCEPT").IsSuccess;
        string before = node.Nft("-a list ruleset");
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        Assert.StartsWith(before.TrimEnd(), node.Nft("-a list ruleset"));
        Assert.True(node.Remove(attachment));
        Assert.Equal(before, node.Nft("-a list ruleset"));
        Assert.Equal(hasIptables, before.Contains("10.0.0.0/8"));
    }

    public static TheoryData<string, string> Losses
    {
        get
        {
            string[] losses = ["namespace", "link", "table", "record"];
            TheoryData<string, string> data = [];
            foreach (string first in losses)
            {
                foreach (string second in losses.Where(second => string.CompareOrdinal(first, second) <= 0))
                {
                    data.Add(first, second);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Whatever_part_is_gone_the_others_are_found_by_the_id_and_go(string first, string second)
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment() with { HostInterface = "h0" };
        node.Create(attachment);
        foreach (string loss in (IEnumerable<string>)[first, second])
        {
            switch (loss)
            {
                case "namespace":
                    node.Container.Dispose();
                    Eventually.True(() => !node.Host.Ip("link show").Contains("h0"));
                    break;
                case "link" when node.Host.Ip("link show").Contains("h0"):
                    node.Host.Ip("link del h0");
                    break;
                case "table":
                    node.Nft("flush ruleset");
                    break;
                case "record":
                    File.Delete(node.Kernel.Records.PathOf(attachment.Id));
                    break;
            }
        }

        Assert.True(node.Remove(Assert.Single(new AttachmentReader(node.Kernel).Read("c1")).Attachment));
        AssertNothing(node, attachment);
        Assert.Equal("", node.Records);
    }

    private static EgressKernel Refusing(Node node, int host, int netfilter)
    {
        Fault hostFault = new() { At = host };
        Fault netfilterFault = new() { At = netfilter };
        return new EgressKernel(
            NamespaceReference.FromName(node.Host.Name),
            ns => new NetlinkConnection(FaultyTransport.Open(ns, hostFault)),
            ns => new NetlinkConnection(FaultyTransport.OpenNetfilter(ns, netfilterFault)));
    }

    private static void AssertNothing(Node node, Attachment attachment)
    {
        Assert.DoesNotContain(attachment.HostInterface, node.Host.Ip("link show"));
        Assert.DoesNotContain("169.254.172", node.Host.Ip("route show table all"));
        Assert.DoesNotContain("fd00::ac", node.Host.Ip("-6 route show table all"));
        Assert.Equal("", node.Nft("list ruleset"));
        Assert.Empty(new AttachmentReader(node.Kernel).Read());
    }
}
