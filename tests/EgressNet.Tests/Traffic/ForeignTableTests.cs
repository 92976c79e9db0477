using System.Net;
using System.Net.Sockets;

namespace EgressNet.Tests.Traffic;

/// <summary>A node whose own tables translate sources that are none of ours.</summary>
public sealed class ForeignTableTests
{
    private const string IPTablesSource = "10.88.0.2", NftSource = "10.99.0.2";

    [Fact]
    public void Foreign_tables_stay_byte_identical_and_all_flows_work()
    {
        Live.RequireTool("iptables-nft");
        Live.RequireTool("iptables-nft-save");
        using Site site = new();
        using LiveNamespace neighbor = new();
        Join(site, neighbor);
        site.Node.Exec(
            "iptables-nft", "-t", "nat", "-A", "POSTROUTING", "-s", IPTablesSource, "-j", "MASQUERADE");
        site.Node.Exec("iptables-nft", "-A", "FORWARD", "-s", IPTablesSource, "-j", "ACCEPT");
        site.Nft("add table ip foreign");
        site.Nft("add chain ip foreign postrouting { type nat hook postrouting priority srcnat ; }");
        site.Nft($"add rule ip foreign postrouting ip saddr {NftSource} counter masquerade");
        string before = Foreign(site), rulesBefore = Rules(site);

        Pod pod = site.Attach(5, numbers => Site.ToOtherNode(numbers));
        Assert.Equal(before, Foreign(site));

        Assert.All((ProtocolType[])[ProtocolType.Tcp, ProtocolType.Udp], protocol =>
        {
            Assert.Equal(Numbers.IPv4.OtherNode, Flow.Out(protocol, site, pod, Numbers.IPv4));
            Assert.Equal(Numbers.IPv6.OtherNode, Flow.Out(protocol, site, pod, Numbers.IPv6));
            Assert.Equal(Numbers.IPv4.Node, Out(protocol, site, neighbor, IPTablesSource));
            Assert.Equal(Numbers.IPv4.Node, Out(protocol, site, neighbor, NftSource));
        });
        Assert.Equal(rulesBefore, Rules(site));

        before = Foreign(site);
        site.Detach(pod);
        Assert.Equal(before, Foreign(site));
        Assert.Equal(rulesBefore, Rules(site));
        Assert.All((ProtocolType[])[ProtocolType.Tcp, ProtocolType.Udp], protocol =>
        {
            Assert.Equal(Numbers.IPv4.Node, Out(protocol, site, neighbor, IPTablesSource));
            Assert.Equal(Numbers.IPv4.Node, Out(protocol, site, neighbor, NftSource));
        });
        Assert.DoesNotContain("egressnet", site.Nft("list ruleset"));
    }

    private static void Join(Site site, LiveNamespace neighbor)
    {
        site.Node.Ip($"link add br0 type veth peer name eth0 netns {neighbor}");
        site.Node.Ip("address add 10.88.0.1/24 dev br0");
        site.Node.Ip("address add 10.99.0.1/24 dev br0");
        site.Node.Ip("link set br0 up");
        neighbor.Ip($"address add {IPTablesSource}/24 dev eth0");
        neighbor.Ip($"address add {NftSource}/24 dev eth0");
        neighbor.Ip("link set eth0 up");
        neighbor.Ip("route add default via 10.88.0.1");
    }

    private static IPAddress Out(ProtocolType protocol, Site site, LiveNamespace from, string source) => Flow.Run(
        protocol, from, new IPEndPoint(IPAddress.Parse(source), 0), site.Outside, Numbers.IPv4.Outside).Address;

    /// <summary>The foreign tables with their counters, and without comments, which tell the time.</summary>
    private static string Foreign(Site site) => string.Join('\n', (string[])
    [
        .. site.Node.Exec("iptables-nft-save", "-c").Split('\n').Where(line => !line.StartsWith('#')),
        site.Nft("-a list table ip nat"),
        site.Nft("-a list table ip filter"),
        site.Nft("-a list table ip foreign"),
    ]);

    /// <summary>The same without, which traffic changes.</summary>
    private static string Rules(Site site) => string.Join(
        '\n',
        site.Nft("-a -s list table ip nat"),
        site.Nft("-a -s list table ip filter"),
        site.Nft("-a -s list table ip foreign"));
}
