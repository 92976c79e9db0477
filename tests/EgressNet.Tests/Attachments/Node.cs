using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Plans;

namespace EgressNet.Tests.Attachments;

/// <summary>A node and a container, each a namespace of its own, so that nothing happens to the machine.</summary>
internal sealed class Node : IDisposable
{
    public Node()
    {
        Host.Ip("link set lo up");
        Kernel = new EgressKernel(NetNamespace.FromName(Host.Name));
    }

    public LiveNamespace Host { get; } = new();

    public LiveNamespace Container { get; } = new();

    public EgressKernel Kernel { get; }

    /// <summary>What an outsider sees of both namespaces: links, addresses, routes, neighbours, rules, the packet
    /// filter and the settings that an attachment touches.</summary>
    public string State => string.Join('\n', Describe(Host), Describe(Container));

    public List<string> Reported { get; } = [];

    public Attachment Attachment(string id = "c1", params string[] addresses) => new()
    {
        Id = new AttachmentId("pods", id, "eg0"),
        Namespace = NetNamespace.FromName(Container.Name),
        Addresses = [.. (addresses.Length > 0 ? addresses : ["169.254.172.5/22", "fd00::ac:5/118"]).Select(Address)],
        Routes = [Default("169.254.172.1"), .. addresses.Length == 0 ? [Default("fd00::ac:1")] : (AttachmentRoute[])[]],
        Mtu = 9001,
    };

    public void Create(Attachment attachment) =>
        new AttachmentCreation(Kernel, Reported.Add).Create(new EgressPlan(attachment));

    public bool Remove(Attachment attachment)
    {
        AttachmentRemoval removal = new(Kernel, Reported.Add);
        bool removed = removal.Remove(attachment);
        removal.RemoveTableIfEmpty();
        return removed;
    }

    public string Nft(string args) => Host.Exec("nft", args.Split(' '));

    public void Dispose()
    {
        Kernel.Dispose();
        Container.Dispose();
        Host.Dispose();
    }

    private static AttachmentAddress Address(string text)
    {
        InetPrefix address = InetPrefix.Parse(text);
        string gateway = address.Family == AddressFamily.IPv4 ? "169.254.172.1" : "fd00::ac:1";
        return new AttachmentAddress(address, InetAddress.Parse(gateway), new SourceNat());
    }

    private static AttachmentRoute Default(string gateway)
    {
        InetAddress address = InetAddress.Parse(gateway);
        return new AttachmentRoute(InetPrefix.Default(address.Family), address);
    }

    private static string Describe(LiveNamespace ns) => string.Join(
        '\n',
        ns.Ip("-d link show"),
        ns.Ip("-o address show"),
        ns.Ip("-d route show table all"),
        ns.Ip("-6 -d route show table all"),
        ns.Ip("neigh show"),
        ns.Ip("rule show"),
        ns.Ip("-6 rule show"),
        ns.Exec("nft", "list", "ruleset"),
        ns.Exec("cat", "/proc/sys/net/ipv4/ip_forward", "/proc/sys/net/ipv6/conf/all/forwarding"));
}
