using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Namespaces;
using EgressNet.Testing;
using Xunit;

namespace EgressNet.Netlink.Tests.Namespaces;

public sealed class NetNamespaceSysctlTests
{
    private const string Setting = "net/ipv4/conf/default/arp_announce";

    [Fact]
    public void A_setting_is_written_there_and_not_here()
    {
        using LiveNamespace live = new LiveNamespace();
        NamespaceReference ns = NamespaceReference.FromName(live.Name);
        string ours = File.ReadAllText($"/proc/sys/{Setting}");

        NetNamespaceSysctl.Write(ns, Setting, "2");

        Assert.Equal("2", NetNamespaceSysctl.Read(ns, Setting));
        Assert.Equal("2\n", live.Exec("cat", $"/proc/sys/{Setting}"));
        Assert.Equal(ours, File.ReadAllText($"/proc/sys/{Setting}"));
    }

    [Fact]
    public void A_setting_of_an_interface_is_found_there_only()
    {
        using LiveNamespace live = new LiveNamespace();
        live.Ip("link add egtd0 type bridge");
        const string setting = "net/ipv4/conf/egtd0/forwarding";

        Assert.Equal("0", NetNamespaceSysctl.Read(NamespaceReference.FromName(live.Name), setting));
        Assert.Null(NetNamespaceSysctl.Read(NamespaceReference.Current, setting));
    }

    [Fact]
    public void The_current_namespace_can_be_read_by_anybody() =>
        Assert.Matches("^[01]$", NetNamespaceSysctl.Read(NamespaceReference.Current, "net/ipv4/ip_forward"));

    [Fact]
    public void A_value_may_be_longer_than_a_page()
    {
        using LiveNamespace live = new LiveNamespace();
        NamespaceReference ns = NamespaceReference.FromName(live.Name);
        const string setting = "net/ipv4/ip_local_reserved_ports";
        string ports = string.Join(',', Enumerable.Range(5_000, 4_000).Select(i => 2 * i));

        NetNamespaceSysctl.Write(ns, setting, ports);

        Assert.Equal(ports, NetNamespaceSysctl.Read(ns, setting));
    }

    [Fact]
    public void An_absent_setting_reads_as_null_and_refuses_a_value()
    {
        using LiveNamespace live = new LiveNamespace();
        NamespaceReference ns = NamespaceReference.FromName(live.Name);

        Assert.Null(NetNamespaceSysctl.Read(ns, "net/ipv4/no_such_setting"));
        NetNamespaceException fault = Assert.Throws<NetNamespaceException>(
            () => NetNamespaceSysctl.Write(ns, "net/ipv4/no_such_setting", "1"));
        Assert.Equal(NetNamespaceError.NotFound, fault.Reason);
    }

    [Fact]
    public void A_value_the_kernel_does_not_take_fails()
    {
        using LiveNamespace live = new LiveNamespace();

        NetNamespaceException fault = Assert.Throws<NetNamespaceException>(
            () => NetNamespaceSysctl.Write(NamespaceReference.FromName(live.Name), Setting, "many"));

        Assert.Equal(Errno.EINVAL, fault.Errno);
        Assert.Contains("'many'", fault.Message);
    }

    [Theory]
    [InlineData("kernel/hostname")]
    [InlineData("net")]
    [InlineData("net/../kernel/hostname")]
    [InlineData("/proc/sys/net/ipv4/ip_forward")]
    [InlineData("net//ip_forward")]
    public void Only_settings_under_net_are_touched(string setting)
    {
        Assert.Throws<ArgumentException>(() => NetNamespaceSysctl.Read(NamespaceReference.Current, setting));
        Assert.Throws<ArgumentException>(() => NetNamespaceSysctl.Write(NamespaceReference.Current, setting, "1"));
    }
}
