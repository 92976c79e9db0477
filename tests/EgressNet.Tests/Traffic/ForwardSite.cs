using System.Net.Sockets;
using EgressNet.Nat;

namespace EgressNet.Tests.Traffic;

/// <summary>A site with a container, for chains of others that may drop what the node forwards.</summary>
public sealed class ForwardSite : IDisposable
{
    private Site? _site;
    private Pod? _pod;

    internal Site Site
    {
        get
        {
            Live.RequireTool("nft");
            return _site ??= new Site();
        }
    }

    internal Pod Pod => _pod ??= Site.Attach(5);

    public void Dispose() => _site?.Dispose();

    internal void DeleteForeignTables()
    {
        string[] tables = _site?.Nft("list tables").Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];
        foreach (string table in tables.Except(["table inet egressnet"]))
        {
            _site!.Nft($"delete {table}");
        }
    }

    // Both ways. What is sent first through one interface arrives first, once everybody knows their neighbours.
    internal bool Answers()
    {
        using Socket server = Site.Outside.BindUdp(Numbers.IPv4.Outside), far = Site.Outside.BindUdp(Numbers.IPv4.Outside);
        using Socket client = Pod.Namespace.BindUdp(Pod.Address(Numbers.IPv4));
        using Socket near = Site.Node.BindUdp(Numbers.IPv4.Gateway), node = Site.Node.BindUdp(Numbers.IPv4.Node);
        node.Exchange(far);
        client.Exchange(near);
        client.Ask(server.LocalEndPoint!);
        client.Exchange(near);
        node.Exchange(far);
        if (server.Available == 0)
        {
            return false;
        }

        server.Ask(server.Hear());
        far.Ask(node.LocalEndPoint!);
        node.Hear();
        return client.Available > 0;
    }

    // Until the answer is there, or the chain has counted what it drops.
    internal bool IsAnswered()
    {
        using Socket server = Site.Outside.BindUdp(Numbers.IPv4.Outside);
        using Socket client = Pod.Namespace.BindUdp(Pod.Address(Numbers.IPv4));
        string before = Count();
        client.Ask(server.LocalEndPoint!);
        Eventually.True(() => server.Available > 0 || Count() != before);
        if (server.Available > 0)
        {
            server.Ask(server.Hear());
            Eventually.True(() => client.Available > 0 || Count() != before);
        }

        return client.Available > 0;

        string Count() => Site.Nft("list chain ip other f").Split('\n').Single(line => line.Contains("packets"));
    }

    internal ForwardDrop[] Drops() =>
    [
        .. new ForwardDrops(Site.Kernel.Netfilter).Of(
            Site.Kernel.Host,
            Pod.Attachment.HostInterface,
            [.. Pod.Attachment.Addresses.Select(each => each.Address.Address)]).Where(drop => drop.IsCertain),
    ];

    internal void Follow(ForwardDrop drop)
    {
        foreach (string command in drop.Remedy.Split("; "))
        {
            Site.Node.Exec("sh", "-c", command.Replace("iptables ", "iptables-nft "));
        }
    }

    internal void AssertReaches(bool isReached, Numbers numbers)
    {
        using Socket server = Site.Outside.BindUdp(numbers.Outside);
        using Socket client = Pod.Namespace.BindUdp(Pod.Address(numbers));
        using Socket sentinel = Site.Node.BindUdp(numbers.Gateway);
        client.Ask(server.LocalEndPoint!);
        client.Exchange(sentinel);
        Assert.Equal(isReached, server.Poll(isReached ? NamespaceSockets.Patience : TimeSpan.Zero, SelectMode.SelectRead));
    }
}
