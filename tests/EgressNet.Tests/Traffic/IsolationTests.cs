using System.Net;
using System.Net.Sockets;
using EgressNet.Nat;

namespace EgressNet.Tests.Traffic;

public sealed class IsolationTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Containers_reach_each_other_unless_isolated(bool isTranslated)
    {
        using Site site = new();
        Func<Numbers, SourceNat?> nat = _ => isTranslated ? new SourceNat() : null;
        Pod first = site.Attach(5, nat), second = site.Attach(6, nat);

        Assert.All(Flow.Kinds, kind =>
        {
            Run(kind.Protocol, first, second, kind.Numbers);
            Run(kind.Protocol, second, first, kind.Numbers);
        });
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void An_isolated_container_and_others_do_not_reach_each_other(
        bool isFirstIsolated, bool isSecondIsolated)
    {
        using Site site = new();
        Pod first = site.Attach(5, isolation: IsolationOf(isFirstIsolated));
        Pod second = site.Attach(6, isolation: IsolationOf(isSecondIsolated));

        Assert.All(Numbers.Both, numbers =>
        {
            AssertUnreached(site, first, first.Address(numbers), second, numbers);
            AssertUnreached(site, second, second.Address(numbers), first, numbers);
        });
    }

    [Fact]
    public void An_isolated_container_reaches_gateway_node_and_outside()
    {
        using Site site = new();
        Pod pod = site.Attach(5, isolation: EgressIsolation.Containers);
        site.Attach(6);

        Assert.All(Flow.Kinds, kind =>
        {
            (ProtocolType protocol, Numbers numbers) = kind;
            IPEndPoint source = new(pod.Address(numbers), 0);
            Assert.Equal(numbers.Node, Flow.Out(protocol, site, pod, numbers));
            Assert.Equal(
                source.Address, Flow.Run(protocol, pod.Namespace, source, site.Node, numbers.Gateway).Address);
            Assert.Equal(
                source.Address, Flow.Run(protocol, pod.Namespace, source, site.Node, numbers.Node).Address);
        });
    }

    [Fact]
    public void Unisolated_containers_connect_beside_an_isolated_one()
    {
        using Site site = new();
        site.Attach(4, isolation: EgressIsolation.Containers);
        Pod first = site.Attach(5), second = site.Attach(6);

        Assert.All(Flow.Kinds, kind => Run(kind.Protocol, first, second, kind.Numbers));
    }

    [Fact]
    public void An_isolated_container_does_not_escape_by_a_forged_source()
    {
        using Site site = new();
        Pod pod = site.Attach(5, isolation: EgressIsolation.Containers);
        Pod victim = site.Attach(6), neighbor = site.Attach(7);

        Assert.All(Numbers.Both, numbers =>
        {
            IPAddress unknown = numbers.Pod(77);
            string noDad = numbers.IsIPv4 ? "" : "nodad";
            foreach (IPAddress forged in (IPAddress[])[neighbor.Address(numbers), unknown])
            {
                pod.Namespace.Ip($"address add {forged}/{numbers.HostLength} dev eg0 {noDad}");
                AssertUnreached(site, pod, forged, victim, numbers);
            }
        });
    }

    // A removal of many gathers them in such groups.
    [Theory]
    [InlineData(1)]
    [InlineData(42)]
    [InlineData(63)]
    public void Isolation_holds_in_every_group_of_a_joint_removal(uint batch)
    {
        using Site site = new();
        Pod first = site.Attach(5, isolation: EgressIsolation.Containers), second = site.Attach(6);
        uint group = EgressGroup.Of(EgressIsolation.Containers) | (batch << 25);
        Assert.Contains(group, Enumerable.Range(0, 1000).Select(_ =>
            EgressGroup.DrawFree(EgressIsolation.Containers, new HashSet<uint>())!.Value));
        site.Node.Ip($"link set {first.Attachment.HostInterface} group {group}");

        Assert.All(Numbers.Both, numbers =>
        {
            AssertUnreached(site, first, first.Address(numbers), second, numbers);
            AssertUnreached(site, second, second.Address(numbers), first, numbers);
        });
    }

    private static EgressIsolation IsolationOf(bool isIsolated) =>
        isIsolated ? EgressIsolation.Containers : EgressIsolation.None;

    private static void Run(ProtocolType protocol, Pod from, Pod to, Numbers numbers) => Flow.Run(
        protocol, from.Namespace, new IPEndPoint(from.Address(numbers), 0), to.Namespace, to.Address(numbers));

    // What is sent first through one interface arrives first: once the outside has the second datagram, the first
    // one has met its fate.
    private static void AssertUnreached(Site site, Pod from, IPAddress source, Pod to, Numbers numbers)
    {
        using Socket server = to.Namespace.BindUdp(to.Address(numbers));
        using Socket forger = from.Namespace.BindUdp(source);
        using Socket outside = site.Outside.BindUdp(numbers.Outside);
        using Socket client = from.Namespace.BindUdp(from.Address(numbers));
        client.Exchange(outside);
        forger.Ask(server.LocalEndPoint!);
        client.Exchange(outside);
        Assert.Equal(0, server.Available);
    }
}
