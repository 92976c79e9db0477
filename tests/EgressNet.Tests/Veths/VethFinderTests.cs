using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Tests.Fakes;
using EgressNet.Veths;

namespace EgressNet.Tests.Veths;

public sealed class VethFinderTests
{
    [Fact]
    public void Pairs_with_one_end_on_each_side_are_found_and_no_others()
    {
        using LiveNamespace ns = new();
        using LiveNamespace other = new();
        using Connections both = new(ns);
        ns.Ip("link add in0 type veth peer name in1");
        ns.Ip($"link add far0 type veth peer name far1 netns {other}");
        VethPair first = both.Factory().Create(Request(ns, "eth0"));
        VethPair second = both.Factory().Create(Request(ns, "eth1"));

        VethPair[] found = [.. new VethFinder(both.Host).Find(both.Container).OrderBy(pair => pair.Container.Name)];

        Assert.Equal(["eth0", "eth1"], found.Select(pair => pair.Container.Name));
        Assert.Equal([first.Host.Name, second.Host.Name], found.Select(pair => pair.Host.Name));
        Assert.Equal(first.Host.PeerIndex, found[0].Container.Index);
    }

    [Fact]
    public void A_namespace_without_pairs_has_none()
    {
        using LiveNamespace ns = new();
        using Connections both = new(ns);
        Assert.Empty(new VethFinder(both.Host).Find(both.Container));
    }

    [Fact]
    public void The_caller_s_own_namespace_has_none()
    {
        Live.Require();
        using NetlinkConnection host = NetlinkConnection.Open(cancellationToken: TestContext.Current.CancellationToken);
        using NetlinkConnection same = NetlinkConnection.Open(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(new VethFinder(host).Find(same));
    }

    [Fact]
    public void An_end_that_is_gone_is_not_still_there()
    {
        using LiveNamespace ns = new();
        using Connections both = new(ns);
        Link end = both.Factory().Create(Request(ns, "eth0")).Host;
        Assert.True(VethFinder.IsStillThere(both.Host, end));
        Assert.False(VethFinder.IsStillThere(both.Host, end with { MacAddress = null }));
        Assert.False(VethFinder.IsStillThere(both.Host, end with { Kind = "dummy" }));
        ns.Ip("link del eth0");
        Eventually.True(() => !VethFinder.IsStillThere(both.Host, end));
    }

    private static VethRequest Request(LiveNamespace ns, string name) =>
        new() { Namespace = NamespaceReference.FromName(ns.Name), Name = name };
}
