using EgressNet.Nat;
using EgressNet.Netlink;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;
using EgressNet.Tests.Attachments;

namespace EgressNet.Tests.Nat;

/// <summary>Others commit to nf_tables all the time.</summary>
public sealed class ContentionTests
{
    private const int Writers = 8, Rounds = 25;

    [Fact]
    public void Nobody_starves_beside_eight_who_commit_all_the_time()
    {
        using Node node = new();
        using CancellationTokenSource stop = new();
        NamespaceReference ns = NamespaceReference.FromName(node.Host.Name);
        Thread[] writers = [.. Enumerable.Range(0, Writers).Select(i => Start(() => Write(ns, i, stop.Token)))];
        List<Exception> faults = [];
        Thread[] ours = [.. Enumerable.Range(0, 2).Select(i => Start(() => AddAndRemove(ns, i, faults)))];
        Array.ForEach(ours, thread => thread.Join());
        stop.Cancel();
        Array.ForEach(writers, thread => thread.Join());

        // Who is held up for 10 s gives up.
        Assert.Empty(faults);
    }

    [Fact]
    public void A_repair_of_the_table_goes_through_too()
    {
        using Node node = new();
        NatTable nat = new(node.Kernel.Netfilter);
        nat.Add([Entry(0, 0)], _ => true);
        using CancellationTokenSource stop = new();
        NamespaceReference ns = NamespaceReference.FromName(node.Host.Name);
        Thread[] writers = [.. Enumerable.Range(0, Writers).Select(i => Start(() => Write(ns, i, stop.Token)))];
        try
        {
            for (int round = 0; round < 3; round++)
            {
                node.Nft("flush chain inet egressnet forward");
                nat.Add([], _ => true);
            }
        }
        finally
        {
            stop.Cancel();
            Array.ForEach(writers, thread => thread.Join());
        }

        Assert.Equal(NatTableState.Intact, nat.State);
    }

    [Fact]
    public void A_timeout_among_contenders_says_that_others_were_busy()
    {
        using Node node = new();
        EgressTableBusyException busy = Assert.Throws<EgressTableBusyException>(() => Contention.Run(
            () =>
            {
                NfGeneration generation = node.Kernel.Netfilter.NfTables.GetGeneration();
                node.Nft($"add table inet t{generation.Id}");
                NfTransaction transaction = node.Kernel.Netfilter.NfTables.CreateTransaction(generation);
                transaction.Add(new NfTable { Name = "ours" });
                transaction.Commit();
                return 0;
            },
            TimeSpan.FromMilliseconds(300)));
        Assert.Contains("0.3 s", busy.Message);
        Assert.IsType<NfTransactionException>(busy.InnerException);
    }

    [Fact]
    public void A_refusal_that_stays_is_told_as_it_is_and_soon()
    {
        int tries = 0;
        NfTransactionException refused = Assert.Throws<NfTransactionException>(() => Contention.Run<int>(() =>
        {
            tries++;
            throw new NfTransactionException(new NetlinkException(new("add", NetlinkObject.Element), Errno.EEXIST), []);
        }));
        Assert.Equal((17, 6), ((int)refused.Errno, tries));
    }

    private static void AddAndRemove(NamespaceReference ns, int thread, List<Exception> faults)
    {
        try
        {
            using NetlinkConnection connection = NetlinkConnection.OpenNetfilter(ns);
            NatTable nat = new(connection);
            for (int round = 0; round < Rounds; round++)
            {
                NatEntry entry = Entry(thread, round);
                nat.Add([entry], _ => true);
                Assert.Single(nat.Remove(entry.Owner, [entry.Source]));
                nat.RemoveTableIfEmpty();
            }
        }
        catch (Exception fault)
        {
            lock (faults)
            {
                faults.Add(fault);
            }
        }
    }

    private static void Write(NamespaceReference ns, int writer, CancellationToken stop)
    {
        using NetlinkConnection connection = NetlinkConnection.OpenNetfilter(ns);
        NfTable table = new() { Name = $"w{writer}" };
        while (!stop.IsCancellationRequested)
        {
            NfTransaction transaction = connection.NfTables.CreateTransaction();
            transaction.Add(table);
            transaction.Delete(table);
            transaction.Commit();
        }
    }

    private static Thread Start(Action work)
    {
        Thread thread = new(() => work());
        thread.Start();
        return thread;
    }

    private static NatEntry Entry(int thread, int round) => new()
    {
        Source = InetAddress.Parse($"10.0.{thread}.{round}"),
        Owner = $"pods/c{thread}-{round}/eg0",
        Nat = new SourceNat(),
    };
}
