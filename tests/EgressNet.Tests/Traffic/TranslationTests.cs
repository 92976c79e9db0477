using System.Net;
using System.Net.Sockets;

namespace EgressNet.Tests.Traffic;

public sealed class TranslationTests
{
    [Fact]
    public void A_masqueraded_container_leaves_with_the_node_s_own_address()
    {
        using Site site = new();
        Pod pod = site.Attach(5);

        Assert.All(Flow.Kinds, kind =>
            Assert.Equal(kind.Numbers.Node, Flow.Out(kind.Protocol, site, pod, kind.Numbers)));
    }

    [Fact]
    public void A_container_leaves_with_the_node_address_chosen_for_it()
    {
        using Site site = new();
        Pod pod = site.Attach(5, numbers => Site.ToOtherNode(numbers));
        Pod other = site.Attach(6);

        Assert.All(Flow.Kinds, kind =>
        {
            Assert.Equal(kind.Numbers.OtherNode, Flow.Out(kind.Protocol, site, pod, kind.Numbers));
            Assert.Equal(kind.Numbers.Node, Flow.Out(kind.Protocol, site, other, kind.Numbers));
        });
    }

    [Fact]
    public void A_container_without_translation_keeps_its_address()
    {
        using Site site = new();
        Pod pod = site.Attach(5, nat: _ => null);
        site.RouteBack(pod);

        Assert.All(Flow.Kinds, kind =>
            Assert.Equal(pod.Address(kind.Numbers), Flow.Out(kind.Protocol, site, pod, kind.Numbers)));
    }

    [Fact]
    public void A_container_keeps_its_address_to_an_excluded_prefix_only()
    {
        using Site site = new();
        Pod pod = site.Attach(
            5, excluded: [.. Numbers.Both.Select(each => each.Outside.ToPrefix(each.LinkLength).Network)]);
        Pod other = site.Attach(6);
        site.RouteBack(pod);

        Assert.All(Flow.Kinds, kind =>
        {
            (ProtocolType protocol, Numbers numbers) = kind;
            IPEndPoint source = new(pod.Address(numbers), 0);
            Assert.Equal(source.Address, Flow.Out(protocol, site, pod, numbers));
            Assert.Equal(
                numbers.Node, Flow.Run(protocol, pod.Namespace, source, site.Outside, numbers.FarOutside).Address);
            Assert.Equal(numbers.Node, Flow.Out(protocol, site, other, numbers));
        });
    }

    [Fact]
    public void The_outside_cannot_answer_a_containers_own_address()
    {
        using Site site = new();
        Pod pod = site.Attach(5);

        Assert.All(Numbers.Both, numbers =>
        {
            using Socket outside = site.Outside.BindUdp(numbers.Outside);
            SocketException refusal = Assert.Throws<SocketException>(
                () => outside.SendTo([1], new IPEndPoint(pod.Address(numbers), 9)));
            Assert.Equal(SocketError.NetworkUnreachable, refusal.SocketErrorCode);
        });
    }
}
