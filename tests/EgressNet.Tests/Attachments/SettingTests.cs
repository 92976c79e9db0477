using EgressNet.Attachments;
using EgressNet.Netlink.Namespaces;
using EgressNet.Nodes;
using EgressNet.Plans;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.Attachments;

public sealed class SettingTests
{
    [Fact]
    public void Forwarding_that_is_on_needs_no_writable_settings()
    {
        using Node node = new();
        Forward(node, ipv4: 1, ipv6: 1);
        Attachment attachment = node.FullAttachment();
        using EgressKernel kernel = new(NamespaceReference.FromName(node.Host.Name), settings: new ReadOnlySettings());
        Attachment made = new AttachmentCreation(kernel).Create(new EgressPlan(attachment));
        node.Container.Exec("ping", "-c1", "-W1", "169.254.172.1");
        node.Container.Exec("ping", "-c1", "-W1", "fd00::ac:1");

        string host = attachment.HostInterface;
        Assert.Equal(
            [
                $"net/ipv6/conf/{host}/accept_ra", $"net/ipv6/conf/{host}/accept_dad", "net/ipv6/conf/eg0/accept_dad",
            ],
            made.ReadOnlySettings);
        Assert.Equal(3, CreationWarnings.OfReadOnlySettings(made).Count());
        Assert.Empty(new AttachmentInspection(kernel).Inspect(made));
        Attachment read = Assert.Single(new AttachmentReader(kernel).Read("c1")).Attachment;
        Assert.Empty(new AttachmentInspection(kernel).Inspect(read));
        Assert.Empty(new AttachmentRepair(kernel).Repair(new EgressPlan(read)));
    }

    [Fact]
    public void IPv6_that_cannot_be_switched_off_is_no_hindrance()
    {
        using Node node = new();
        Forward(node, ipv4: 1, ipv6: 1);
        using EgressKernel kernel = new(NamespaceReference.FromName(node.Host.Name), settings: new ReadOnlySettings());
        new AttachmentCreation(kernel).Create(new EgressPlan(node.Attachment("c1", "169.254.172.5/22")));
        node.Container.Exec("ping", "-c1", "-W1", "169.254.172.1");
    }

    [Theory]
    [InlineData(0, 1, "net/ipv4/ip_forward")]
    [InlineData(1, 0, "net/ipv6/conf/all/forwarding")]
    public void Forwarding_that_cannot_be_enabled_is_the_kernel_s_error(
        int ipv4, int ipv6, string setting)
    {
        using Node node = new();
        Forward(node, ipv4, ipv6);
        string before = node.State;
        using EgressKernel kernel = new(NamespaceReference.FromName(node.Host.Name), settings: new ReadOnlySettings());
        NetNamespaceException thrown = Assert.Throws<NetNamespaceException>(
            () => new AttachmentCreation(kernel).Create(new EgressPlan(node.FullAttachment())));
        Assert.Equal(NetNamespaceError.AccessDenied, thrown.Reason);
        Assert.Equal(ReadOnlySettings.EROFS, (int)thrown.Errno);
        Assert.Equal(setting, thrown.Path);
        Assert.Equal(before, node.State);
    }

    [Fact]
    public void Router_advertisements_that_cannot_be_disabled_are_an_error()
    {
        using Node node = new();
        Forward(node, ipv4: 1, ipv6: 0);
        string before = node.State;
        using EgressKernel kernel = new(NamespaceReference.FromName(node.Host.Name), settings: new ReadOnlySettings());
        NetNamespaceException thrown = Assert.Throws<NetNamespaceException>(() => new AttachmentCreation(kernel).Create(
            new EgressPlan(node.Attachment("c1", "169.254.172.5/22"))));
        Assert.EndsWith("/accept_ra", thrown.Path);
        Assert.Equal(before, node.State);
    }

    [Fact]
    public void Forwarding_is_enabled_for_the_address_families_in_use_only()
    {
        using Node node = new();
        Attachment first = node.Attachment("c1", "169.254.172.5/22");
        node.Create(first);
        Assert.Equal(("1", "0"), Forwarding(node));
        node.Remove(first);
        node.StopForwarding();
        node.Create(node.Attachment("c1", "fd00::ac:5/118") with { Routes = [] });
        Assert.Equal(("0", "1"), Forwarding(node));
    }

    [Fact]
    public void The_host_s_end_takes_no_router_advertisements()
    {
        using Node node = new();
        Attachment attachment = node.Attachment("c1", "169.254.172.5/22");
        node.Create(attachment);
        Assert.Equal("0", Setting(node.Host, $"net.ipv6.conf.{attachment.HostInterface}.accept_ra"));
    }

    [Fact]
    public void IPv6_works_although_both_sides_disable_it_by_default()
    {
        using Node node = new();
        foreach (LiveNamespace ns in (LiveNamespace[])[node.Host, node.Container])
        {
            ns.Set("ipv6.conf.default.disable_ipv6=1", "ipv6.conf.all.disable_ipv6=1");
        }

        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        node.Container.Exec("ping", "-c1", "-W1", "fd00::ac:1");
        node.Host.Exec("ping", "-c1", "-W1", "fd00::ac:5");
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(attachment));
        Assert.Equal("1", Setting(node.Container, "net.ipv6.conf.default.disable_ipv6"));
        Assert.Equal("1", Setting(node.Container, "net.ipv6.conf.lo.disable_ipv6"));
    }

    private static void Forward(Node node, int ipv4, int ipv6) => node.Host.Set(
        $"ipv4.ip_forward={ipv4}", $"ipv6.conf.all.forwarding={ipv6}");

    private static (string IPv4, string IPv6) Forwarding(Node node) =>
        (Setting(node.Host, "net.ipv4.ip_forward"), Setting(node.Host, "net.ipv6.conf.all.forwarding"));

    private static string Setting(LiveNamespace ns, string name) => ns.Exec("sysctl", "-n", name).Trim();
}
