using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Nodes;
using EgressNet.Plans;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.Attachments;

public sealed class CreationFaultTests(ITestOutputHelper output)
{
    [Fact]
    public void A_creation_that_fails_at_any_step_leaves_nothing()
    {
        using Node node = new();
        node.Host.Ip("link add own0 type veth peer name own1");
        void Configure() => node.Host.Set(
            "ipv4.conf.all.accept_redirects=0", "ipv4.conf.own0.forwarding=1", "ipv6.conf.own0.forwarding=1");

        void Settle()
        {
            node.StopForwarding();
            Configure();
        }

        Configure();
        Attachment attachment = node.FullAttachment();
        output.WriteLine(FaultSweep.Run(node, Create(attachment), () =>
        {
            node.Remove(attachment);
            Settle();
        }, Settle));
    }

    [Fact]
    public void A_failure_at_any_step_leaves_another_attachment_whole()
    {
        using Node node = new();
        using LiveNamespace other = new();
        Attachment live = node.SecondAttachment(other);
        node.Create(live);
        node.Settle(other);
        Attachment attachment = node.FullAttachment();
        output.WriteLine(FaultSweep.Run(node, Create(attachment), () => node.Remove(attachment)));
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(live));
    }

    [Fact]
    public void A_failure_at_any_step_restores_the_leftovers_it_replaced()
    {
        using Node node = new();
        AttachmentId gone = new("pods", "gone", "eg0");
        void Leave()
        {
            new NatTable(node.Kernel.Netfilter).Add(
                [Stale("169.254.172.5", "10.9.0.0/16"), Stale("fd00::ac:5", "fd09::/16")], _ => false);
            node.Kernel.Records.Claims.TryAdd(InetAddress.Parse("169.254.172.5"), gone);
        }

        Leave();
        Attachment attachment = node.FullAttachment();
        output.WriteLine(FaultSweep.Run(
            node,
            Create(attachment),
            () =>
            {
                node.Remove(attachment);
                node.StopForwarding();
                Leave();
            },
            node.StopForwarding));
    }

    [Fact]
    public void A_replacement_that_fails_at_any_step_restores_what_was_there()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        int lost = 0;
        foreach (Subsystem with in Enum.GetValues<Subsystem>())
        {
            Sampling.Sweep(at => IsBroken(with, at));
        }

        output.WriteLine($"replacement: {lost} lost and put back");
        Assert.True(lost > 10 / Sampling.Stride);

        bool IsBroken(Subsystem with, int at)
        {
            node.Settle();
            string before = node.State;
            using FaultyKernel faulty = new(node, with, FaultKind.Refused, at);
            Attachment second = node.FullAttachment("c1", "169.254.172.9/22", "fd00::ac:5/118");
            Exception? thrown = Record.Exception(
                () => new AttachmentCreation(faulty.Kernel).Create(new EgressPlan(second), replace: true));
            if (thrown is null)
            {
                Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(second));
                node.Remove(second);
                node.Create(attachment);
                return faulty.Fault.HasStruck;
            }

            Assert.IsNotType<UndoFailedException>(thrown);
            if (before == node.State)
            {
                return true;
            }

            lost++;
            Attachment found = Assert.Single(new AttachmentReader(node.Kernel).Read("c1")).Attachment;
            Assert.Equal(attachment.Addresses, found.Addresses);
            Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(attachment));
            Assert.Equal(
                node.Kernel.Host.Links.Get(attachment.HostInterface).Index,
                node.Kernel.Records.Read(attachment.Id)?.HostIndex);
            return true;
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_creation_that_fails_never_switches_forwarding_off(bool isReplyLost)
    {
        using Node node = new();
        Fault fault = new() { At = 3, Kind = isReplyLost ? FaultKind.ReplyLost : FaultKind.Refused };
        using EgressKernel kernel = new(
            NamespaceReference.FromName(node.Host.Name),
            ns => new NetlinkConnection(
                ns.Name == node.Host.Name ? FaultyTransport.Open(ns, fault) : FaultyTransport.Open(ns)));
        Assert.NotNull(Record.Exception(() => Create(node.FullAttachment())(kernel)));
        Assert.True(fault.HasStruck);
        Assert.Equal("1", node.Host.Exec("cat", "/proc/sys/net/ipv4/ip_forward").Trim());
        Assert.Equal("1", node.Host.Exec("cat", "/proc/sys/net/ipv6/conf/all/forwarding").Trim());
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
