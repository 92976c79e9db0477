using System.Collections.Concurrent;
using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Nodes;
using EgressNet.Plans;

namespace EgressNet.Tests.Attachments;

public sealed class ConcurrencyTests
{
    private const int Threads = 8;
    private const int Each = 25;

    [Fact]
    public void Eight_threads_make_and_remove_200_attachments_at_once()
    {
        using Node node = new();
        using LiveNamespace second = new();
        using LiveNamespace third = new();
        LiveNamespace[] containers = [node.Container, second, third];
        string[] before = [.. containers.Select(ns => ns.Ip("link show"))];
        ConcurrentBag<string> faults = [];
        Thread[] threads =
        [
            .. Enumerable.Range(0, Threads).Select(number => new Thread(
                () => Work(node, containers[number % containers.Length], number, faults))),
        ];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.True(faults.IsEmpty, string.Join("\n", faults));
        Assert.Equal("", node.Nft("list ruleset"));
        Assert.DoesNotContain("veth", node.Host.Ip("link show"));
        Assert.DoesNotContain("dev veth", node.Host.Ip("route show table all"));
        Assert.Equal(before, containers.Select(ns => ns.Ip("link show")));
    }

    private static void Work(Node node, LiveNamespace container, int thread, ConcurrentBag<string> faults)
    {
        using EgressKernel kernel = new(NamespaceReference.FromName(node.Host.Name));
        Attachment? last = null;
        for (int i = 0; i < Each; i++)
        {
            // Interfaces of one container cannot share a subnet: each has a route for it.
            Attachment next = node.FullAttachment() with
            {
                Id = new AttachmentId("pods", $"c{thread}-{i}", $"eg{thread}-{i}"),
                Namespace = NamespaceReference.FromName(container.Name),
                Addresses =
                [
                    Address($"10.{thread}.{i}.2/30", $"10.{thread}.{i}.1"),
                    Address($"fd00:0:{thread}:{i}::2/64", $"fd00:0:{thread}:{i}::1"),
                ],
                Routes = [],
            };
            Attempt(faults, $"make {next}", () => new AttachmentCreation(kernel).Create(new EgressPlan(next)));
            Remove(kernel, last, faults);
            last = next;
        }

        Remove(kernel, last, faults);
    }

    private static AttachmentAddress Address(string address, string gateway) =>
        new(InetPrefix.Parse(address), InetAddress.Parse(gateway), new SourceNat());

    private static void Remove(EgressKernel kernel, Attachment? attachment, ConcurrentBag<string> faults)
    {
        if (attachment is not null)
        {
            Attempt(faults, $"remove {attachment}", () =>
            {
                AttachmentRemoval removal = new(kernel);
                Assert.True(removal.Remove(attachment));
                removal.RemoveTableIfEmpty();
            });
        }
    }

    private static void Attempt(ConcurrentBag<string> faults, string what, Action work)
    {
        try
        {
            work();
        }
        catch (Exception fault)
        {
            faults.Add($"{what}: {fault}");
        }
    }
}
