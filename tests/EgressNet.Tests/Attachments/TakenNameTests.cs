using EgressNet.Attachments;
using EgressNet.Netlink.Namespaces;
using EgressNet.Plans;
using EgressNet.Veths;

namespace EgressNet.Tests.Attachments;

/// <summary>Another link has a name that an attachment's end is meant to have.</summary>
public sealed class TakenNameTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Settings_are_those_of_the_end_whatever_its_name(bool isHostEnd)
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        node.Settle();
        LiveNamespace ns = isHostEnd ? node.Host : node.Container;
        string name = isHostEnd ? attachment.HostInterface : "eg0";
        Rename(ns, name, "own0");
        ns.Ip($"link add {name} type veth peer name other1");
        ns.Exec("sysctl", "-qw", $"net.ipv6.conf.{name}.accept_dad=1", $"net.ipv6.conf.{name}.accept_ra=1");
        Assert.DoesNotContain(
            new AttachmentInspection(node.Kernel).Inspect(attachment), finding => finding.Subject.StartsWith("net."));

        ns.Exec("sysctl", "-qw", "net.ipv6.conf.own0.accept_dad=1");
        EgressFinding found = Assert.Single(
            new AttachmentInspection(node.Kernel).Inspect(attachment), finding => finding.Subject.StartsWith("net."));
        Assert.Equal("net.ipv6.conf.own0.accept_dad", found.Subject);

        string before = node.State;
        VethException refused = Assert.Throws<VethException>(() => Repair(node, attachment));
        Assert.Contains($"'{name}'", refused.Message);
        Assert.Equal(before, node.State);

        ns.Ip($"link del {name}");
        Repair(node, attachment);
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(attachment));
        Assert.Equal("0", ns.Exec("sysctl", "-n", $"net.ipv6.conf.{name}.accept_dad").Trim());
    }

    [Fact]
    public void Of_a_pair_that_is_gone_no_other_s_settings_are_told()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        node.Host.Ip($"link del {attachment.HostInterface}");
        node.Host.Ip($"link add {attachment.HostInterface} type veth peer name other1");
        Assert.DoesNotContain(
            new AttachmentInspection(node.Kernel).Inspect(attachment), finding => finding.Subject.StartsWith("net."));
    }

    [Fact]
    public void Of_names_that_were_swapped_each_is_told_with_who_has_it()
    {
        using Node node = new();
        using LiveNamespace other = new();
        Attachment first = node.FullAttachment();
        Attachment second = node.SecondAttachment(other);
        node.Create(first);
        node.Create(second);
        Rename(node.Host, first.HostInterface, "swap0");
        Rename(node.Host, second.HostInterface, first.HostInterface);
        Rename(node.Host, "swap0", second.HostInterface);
        foreach ((Attachment one, Attachment two) in ((Attachment, Attachment)[])[(first, second), (second, first)])
        {
            EgressFinding finding = Assert.Single(
                new AttachmentInspection(node.Kernel).Inspect(one), each => each.Kind == EgressFindingKind.HostInterface);
            Assert.Equal((one.HostInterface, two.HostInterface), (finding.Expected, finding.Actual));
            VethException refused = Assert.Throws<VethException>(() => Repair(node, one));
            Assert.Contains($"'{one.HostInterface}' of {two.Id}", refused.Message);
        }

        Assert.True(node.Remove(first));
        Repair(node, second);
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(second));
    }

    [Theory]
    [InlineData("egressnet:pods/c2/eg0")]
    [InlineData("uplink")]
    public void Who_has_the_alternative_name_is_told(string alias)
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        node.Host.Ip($"link property del dev {attachment.HostInterface} altname {attachment.Id.AlternativeName}");
        node.Host.Ip("link add taker0 type veth peer name taker1");
        node.Host.Ip($"link set taker0 alias {alias}");
        node.Host.Ip($"link property add dev taker0 altname {attachment.Id.AlternativeName}");
        Assert.Contains(
            new AttachmentInspection(node.Kernel).Inspect(attachment),
            finding => finding.Kind == EgressFindingKind.HostAlternativeName);
        VethException refused = Assert.Throws<VethException>(() => Repair(node, attachment));
        Assert.Equal(VethError.HostNameTaken, refused.Reason);
        Assert.Contains("'taker0'", refused.Message);
    }

    private static void Repair(Node node, Attachment attachment) =>
        new AttachmentRepair(node.Kernel).Repair(new EgressPlan(attachment));

    // Its way back takes a kernel that renames what is up.
    private static void Rename(LiveNamespace ns, string from, string to)
    {
        Live.RequireKernel(6, 2, "A new name for an interface that is up");
        ns.Ip($"link set {from} down");
        ns.Ip($"link set {from} name {to}");
        ns.Ip($"link set {to} up");
    }
}
