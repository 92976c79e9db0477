using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Transport;

namespace EgressNet.Bench.Live;

/// <summary>Source NAT of one more address, however many are there, beside nft.</summary>
internal static class NatRun
{
    private const int Each = 200;
    private const int Rounds = 7;
    private const int Batch = 250;
    private const string NftFile = $"{PrivateNamespaces.Folder}/nat.nft";
    private static readonly int[] s_levels = [1, 50_000];

    public static void Run()
    {
        using NetlinkConnection netfilter = NetlinkConnection.OpenNetfilter();
        NatTable nat = new(netfilter);
        List<Series> table = [];
        Series? first = null;
        int there = 0;
        foreach (int level in s_levels)
        {
            while (there < level)
            {
                int count = Math.Min(Batch, level - there);
                nat.Add([.. Enumerable.Range(there, count).Select(Entry)], static _ => true);
                there += count;
            }

            Series nft = new($"nft add element, {level:N0} there", 1);
            Series added = new($"added, {level:N0} there", Each, first is null ? [nft] : [first, nft]);
            Series removed = new($"removed, {level:N0} there", Each);
            for (int round = 0; round < Rounds; round++)
            {
                added.Measure(() => ForEach(there, number => nat.Add([Entry(number)], static _ => true)));
                removed.Measure(() => ForEach(there, number => nat.Remove("bench/c/eg0", [Entry(number).Source])));
                MeasureNft(nft, there);
            }

            first ??= added;
            table.AddRange([added, removed, nft]);
        }

        Report.Print("Source NAT", table);
    }

    private static void MeasureNft(Series nft, int number)
    {
        if (!Peer.Has("nft --version"))
        {
            return;
        }

        string element = $"inet egressnet masquerade4 {{ {Entry(number).Source} comment \"bench/c/eg0\" }}\n";
        File.WriteAllText(NftFile, $"add element {element}");
        nft.Add(Peer.Time($"nft -f {NftFile}"));
        File.WriteAllText(NftFile, $"delete element {element}");
        Peer.Time($"nft -f {NftFile}");
    }

    private static void ForEach(int first, Action<int> work)
    {
        for (int number = first; number < first + Each; number++)
        {
            work(number);
        }
    }

    private static NatEntry Entry(int number) => new()
    {
        Source = InetAddress.Parse($"10.{number / 65536}.{number / 256 % 256}.{number % 256}"),
        Owner = "bench/c/eg0",
        Nat = new SourceNat(),
    };
}
