using EgressNet.Dns;
using EgressNet.Netlink.Namespaces;

namespace EgressNet.Tests.Dns;

public sealed class ResolverConfigurationTests
{
    [Theory]
    [InlineData("nameserver 10.0.0.53", "10.0.0.53")]
    [InlineData("nameserver\t10.0.0.53  # first\nnameserver fe80::1%eth0", "10.0.0.53 fe80::1%eth0")]
    [InlineData("# nameserver 10.0.0.1\n;nameserver 10.0.0.2\n nameserver 10.0.0.3\nnameserver", "")]
    [InlineData("nameserverx 10.0.0.1\nsearch nameserver 10.0.0.2\n\n", "")]
    [InlineData("nameserver a\nnameserver b\nnameserver c\nnameserver d", "a b c")]
    public void Servers_are_read_as_the_resolver_reads_them(string text, string servers) =>
        Assert.Equal(servers, string.Join(' ', ResolverConfiguration.ServersOf(text.Split('\n'))));

    [Fact]
    public void A_file_that_is_not_there_has_none() =>
        Assert.Empty(ResolverConfiguration.Read("/nonexistent/resolv.conf"));

    [Fact]
    public void A_namespace_without_a_file_of_its_own_goes_by_the_usual_one()
    {
        Assert.Equal("/etc/resolv.conf", ResolverConfiguration.PathOf(NamespaceReference.FromName("egt-none")));
        Assert.Equal("/etc/resolv.conf", ResolverConfiguration.PathOf(NamespaceReference.Current));
        Assert.Equal("/etc/resolv.conf", ResolverConfiguration.PathOf(NamespaceReference.FromProcess(Environment.ProcessId)));
    }
}
