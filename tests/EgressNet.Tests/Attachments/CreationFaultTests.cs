using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Plans;

namespace EgressNet.Tests.Attachments;

public sealed class CreationFaultTests(ITestOutputHelper output)
{
    [Fact]
    public void A_creation_that_fails_at_any_step_leaves_nothing()
    {
        using Node node = new();
        node.Host.Ip("link add own0 type veth peer name own1");
        void Configure() => node.Host.Exec(
            "sysctl",
            "-qw",
            "net.ipv4.conf.all.accept_redirects=0",
            "net.ipv4.conf.own0.forwarding=1",
            "net.ipv6.conf.own0.forwarding=1");

        Configure();
        Attachment attachment = node.FullAttachment();
        output.WriteLine(FaultSweep.Run(node, Create(attachment), () =>
        {
            node.Remove(attachment);
            node.StopForwarding();
            Configure();
        }));
    }

    [Fact]
    public void A_creation_beside_another_that_fails_at_any_step_leaves_that_whole()
    {
        using Node node = new();
        using LiveNamespace other = new();
        Attachment live = node.FullAttachment("c2", "169.254.172.6/22", "fd00::ac:6/118") with
        {
            Namespace = NetNamespace.FromName(other.Name),
        };
        node.Create(live);
        node.Settle(other);
        Attachment attachment = node.FullAttachment();
        output.WriteLine(FaultSweep.Run(node, Create(attachment), () => node.Remove(attachment)));
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(live));
    }

    [Fact]
    public void A_creation_over_leftovers_that_fails_at_any_step_brings_them_back()
    {
        using Node node = new();
        node.Host.Ip("link add stale0 type veth peer name stale1");
        node.Host.Ip("link set stale0 addrgenmode none");
        node.Host.Ip("link set stale1 addrgenmode none");
        node.Host.Ip("link set stale0 alias egressnet:pods/gone/eg0 up");
        node.Host.Ip("link set stale1 up");
        void Leave()
        {
            node.Host.Ip("route replace 169.254.172.5 dev stale0 scope link");
            node.Host.Ip("route replace fd00::ac:5 dev stale0");
            new EgressNat(node.Kernel.Netfilter).Add(
                [Stale("169.254.172.5", "10.9.0.0/16"), Stale("fd00::ac:5", "fd09::/16")], _ => false);
        }

        Leave();
        Attachment attachment = node.FullAttachment();
        output.WriteLine(FaultSweep.Run(node, Create(attachment), () =>
        {
            node.Remove(attachment);
            node.StopForwarding();
            Leave();
        }));
    }

    private static NatEntry Stale(string source, string excluded) => new()
    {
        Source = InetAddress.Parse(source),
        Owner = "pods/gone/eg0",
        Nat = new SourceNat(),
        Excluded = [InetPrefix.Parse(excluded)],
    };

    private static Action<EgressKernel> Create(Attachment attachment) =>
        kernel => new AttachmentCreation(kernel).Create(new EgressPlan(attachment));
}
