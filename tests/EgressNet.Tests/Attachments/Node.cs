using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Nodes;
using EgressNet.Plans;

namespace EgressNet.Tests.Attachments;

/// <summary>A node and a container, each a namespace of its own, so that nothing happens to the machine.</summary>
internal sealed class Node : IDisposable
{
    public Node()
    {
        Host.Ip("link set lo up");
        Kernel = new EgressKernel(NamespaceReference.FromName(Host.Name));
    }

    public LiveNamespace Host { get; } = new();

    public LiveNamespace Container { get; } = new();

    public EgressKernel Kernel { get; }

    /// <summary>What an outsider sees of both namespaces: links, addresses, routes, neighbours, rules, the packet
    /// filter and the settings that an attachment touches.</summary>
    public string State => string.Join('\n', Describe(Host), Describe(Container), Records);

    /// <summary>The records of the node, and whose each address is.</summary>
    public string Records => Directory.Exists(Kernel.Records.Folder)
        ? string.Join('\n', new DirectoryInfo(Kernel.Records.Folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .OrderBy(file => file.FullName, StringComparer.Ordinal)
            .Select(file => $"{file.FullName} {file.LinkTarget ?? $"{file.UnixFileMode}"}\n"
                + (file.Extension == ".json" ? File.ReadAllText(file.FullName) : "")))
        : "";

    /// <summary>Waits until nothing happens by itself any more: links have carrier, and no address is being checked for
    /// duplicates.</summary>
    public void Settle(params IEnumerable<LiveNamespace> others)
    {
        foreach (LiveNamespace ns in (LiveNamespace[])[Host, Container, .. others])
        {
            Eventually.True(() => IsSettled(ns.Ip("address show up type veth")));
        }
    }

    public List<string> Reported { get; } = [];

    public Attachment Attachment(string id = "c1", params string[] addresses) => new()
    {
        Id = new AttachmentId("pods", id, "eg0"),
        Namespace = NamespaceReference.FromName(Container.Name),
        Addresses = [.. (addresses.Length > 0 ? addresses : ["169.254.172.5/22", "fd00::ac:5/118"]).Select(Address)],
        Routes = [Default("169.254.172.1"), .. addresses.Length == 0 ? [Default("fd00::ac:1")] : (AttachmentRoute[])[]],
        Mtu = 9001,
    };

    /// <summary>One with everything: both families, translation to the node's addresses, exclusions, isolation.
    /// </summary>
    public Attachment FullAttachment(string id = "c1", params string[] addresses)
    {
        Attachment plain = Attachment(id, addresses);
        return plain with
        {
            Addresses = [.. plain.Addresses.Select(each => each with
            {
                Nat = new SourceNat(
                    InetAddress.Parse(each.Address.Family == AddressFamily.IPv4 ? "192.0.2.1" : "2001:db8::1"),
                    PortRandomization.FullyRandom),
            })],
            Routes = [Default("169.254.172.1"), Default("fd00::ac:1")],
            Excluded = [InetPrefix.Parse("10.0.0.0/8"), InetPrefix.Parse("fd11::/16"), InetPrefix.Parse("10.1.0.0/16")],
            Isolation = EgressIsolation.Containers | EgressIsolation.Metadata,
        };
    }

    /// <summary>A second one, of another container.</summary>
    public Attachment SecondAttachment(LiveNamespace container) =>
        FullAttachment("c2", "169.254.172.6/22", "fd00::ac:6/118") with
        {
            Namespace = NamespaceReference.FromName(container.Name),
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

    /// <summary>Switches forwarding off again, which no removal does: others may need it.</summary>
    public void StopForwarding() => Host.Set("ipv4.ip_forward=0", "ipv6.conf.all.forwarding=0");

    public string Nft(string args) => Host.Exec("nft", args.Split(' '));

    public void Dispose()
    {
        DeleteRecords(Kernel);
        Kernel.Dispose();
        Container.Dispose();
        Host.Dispose();
    }

    /// <summary>Deletes a node's records while its namespace is there: the next one may get its inode.</summary>
    public static void DeleteRecords(EgressKernel kernel)
    {
        if (Directory.Exists(kernel.Records.Folder))
        {
            Directory.Delete(kernel.Records.Folder, recursive: true);
        }
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

    private static bool IsSettled(string shown) =>
        !shown.Contains("NO-CARRIER") && !shown.Contains("state UNKNOWN") && !shown.Contains(" tentative");

    /// <summary>What an outsider sees of a namespace.</summary>
    public static string Describe(LiveNamespace ns) => string.Concat(
        ns.Exec("nft", "list", "ruleset"),
        ns.IpBatch("address show", "route show table all", "neigh show nud permanent", "rule show"),
        ns.Ip("-6 -d rule show"),
        ns.Run(NetworkSettings.Read));
}
