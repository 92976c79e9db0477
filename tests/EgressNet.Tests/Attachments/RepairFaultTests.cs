using EgressNet.Attachments;
using EgressNet.Nodes;
using EgressNet.Plans;
using EgressNet.Records;

namespace EgressNet.Tests.Attachments;

public sealed class RepairFaultTests(ITestOutputHelper output)
{
    [Fact]
    public void A_repair_around_the_pair_that_fails_at_any_step_is_undone()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        string host = attachment.HostInterface;
        node.Host.Ip($"link set {host} addrgenmode none");
        node.Container.Ip("link set eg0 addrgenmode none");
        void Spoil()
        {
            node.StopForwarding();
            node.Host.Ip($"link set {host} mtu 1400 address 02:00:00:00:00:01 group 0");
            node.Host.Ip($"address flush dev {host}");
            node.Host.Ip($"route flush dev {host}");
            node.Host.Set($"ipv6.conf.{host}.accept_ra=1");
            node.Host.Exec("ip", "link", "set", host, "alias", "");
            node.Nft("delete element inet egressnet snat4-fully-random { 169.254.172.5 }");
            node.Nft("delete element inet egressnet exclude6 { fd00::ac:5 . fd11::/16 }");
            node.Nft("delete element inet egressnet container6 { fd00::ac:5 }");
            File.WriteAllText(node.Kernel.Records.PathOf(attachment.Id), "{");
            File.Delete($"{node.Kernel.Records.Folder}/+addresses/fd00::ac:5");

            // A repair that cannot see the record deletes the lock's file.
            AttachmentLock.Take(node.Kernel.Records, attachment.Id, CancellationToken.None).Dispose();
            node.Container.Ip("link set eg0 mtu 1300 address 02:00:00:00:00:02");
            node.Container.Ip("address flush dev eg0");
            node.Container.Ip("route flush dev eg0");
            node.Container.Ip("address add 169.254.172.5/22 dev eg0 scope link");
        }

        Spoil();
        node.Settle();
        output.WriteLine(FaultSweep.Run(node, Repair(attachment), Spoil, node.StopForwarding));
    }

    [Fact]
    public void A_failed_repair_of_a_missing_pair_and_table_is_undone()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        void Spoil()
        {
            node.Remove(attachment);
            node.StopForwarding();
        }

        output.WriteLine(FaultSweep.Run(node, Repair(attachment), Spoil, node.StopForwarding));
    }

    [Fact]
    public void A_repair_that_is_cancelled_at_any_change_is_undone()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        node.Host.Ip($"link set {attachment.HostInterface} mtu 1400");
        node.Host.Ip($"route del 169.254.172.5 dev {attachment.HostInterface}");
        node.Nft("delete element inet egressnet snat4-fully-random { 169.254.172.5 }");
        node.Container.Ip("link set eg0 mtu 1300");
        node.Container.Ip("route del default");
        node.Settle();
        string before = node.State;
        for (int at = 1; at <= 5; at++)
        {
            using CancellationTokenSource source = new();
            int left = at;
            AttachmentRepair repair = new(
                node.Kernel,
                _ =>
                {
                    if (--left == 0)
                    {
                        source.Cancel();
                    }
                },
                source.Token);
            Assert.Throws<OperationCanceledException>(() => repair.Repair(new EgressPlan(attachment)));
            Assert.True(left <= 0);
            Assert.Equal(before, node.State);
        }
    }

    private static Action<EgressKernel> Repair(Attachment attachment) =>
        kernel => new AttachmentRepair(kernel).Repair(new EgressPlan(attachment));
}
