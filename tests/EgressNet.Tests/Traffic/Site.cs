using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Nodes;
using EgressNet.Plans;

namespace EgressNet.Tests.Traffic;

/// <summary>A node, the outside and any number of containers, each a namespace. The outside has no way back to an
/// address of a container: it answers only what comes with an address of the node.</summary>
internal sealed class Site : IDisposable
{
    public const string Uplink = "up0";
    private readonly List<LiveNamespace> _containers = [];

    public Site()
    {
        Node.IpBatch("link set lo up", $"link add {Uplink} type veth peer name out0 netns {Outside}");

        // A node that has been up for a while has no tentative address; this one has not.
        Node.Set($"ipv6.conf.{Uplink}.accept_dad=0");
        Outside.Set("ipv6.conf.out0.accept_dad=0");
        Node.IpBatch(Numbers.Both.SelectMany(NodeAddresses).Append($"link set {Uplink} up"));
        Outside.IpBatch(["link set lo up", .. Numbers.Both.SelectMany(OutsideAddresses), "link set out0 up"]);
        Eventually.True(() => IsUp(Node, Uplink) && IsUp(Outside, "out0"));
        Node.IpBatch(Numbers.Both.Select(each => $"route add {each.FarOutside} via {each.Outside}"));
        Kernel = new EgressKernel(NamespaceReference.FromName(Node.Name));
    }

    public LiveNamespace Node { get; } = new();

    public LiveNamespace Outside { get; } = new();

    public EgressKernel Kernel { get; }

    /// <summary>A translation to the node's other address.</summary>
    public static SourceNat ToOtherNode(Numbers numbers, PortRandomization ports = PortRandomization.None) =>
        new(numbers.OtherNode.ToInet(), ports);

    /// <summary>Plans a container with both families in a namespace of its own, masqueraded unless told otherwise.
    /// </summary>
    public Pod Plan(
        int number,
        Func<Numbers, SourceNat?>? nat = null,
        EgressIsolation isolation = EgressIsolation.None,
        IReadOnlyList<InetPrefix>? excluded = null)
    {
        LiveNamespace container = new();
        _containers.Add(container);
        AttachmentAddress[] addresses =
        [
            .. Numbers.Both.Select(each => new AttachmentAddress(
                each.Pod(number).ToPrefix(each.PodLength),
                each.Gateway.ToInet(),
                nat is null ? new SourceNat() : nat(each))),
        ];
        return new Pod(container, number, new Attachment
        {
            Id = new AttachmentId("pods", $"c{number}-{container}", "eg0"),
            Namespace = NamespaceReference.FromName(container.Name),
            Addresses = addresses,
            Routes =
            [
                .. addresses.Select(each => each.Gateway).Select(
                    gateway => new AttachmentRoute(InetPrefix.Default(gateway.Family), gateway)),
            ],
            Isolation = isolation,
            Excluded = excluded ?? [],
        });
    }

    /// <inheritdoc cref="Plan"/>
    public Pod Attach(
        int number,
        Func<Numbers, SourceNat?>? nat = null,
        EgressIsolation isolation = EgressIsolation.None,
        IReadOnlyList<InetPrefix>? excluded = null)
    {
        Pod pod = Plan(number, nat, isolation, excluded);
        Attach(pod);
        return pod;
    }

    public void Attach(Pod pod) => new AttachmentCreation(Kernel).Create(new EgressPlan(pod.Attachment));

    public void Detach(Pod pod)
    {
        AttachmentRemoval removal = new(Kernel);
        Assert.True(removal.Remove(pod.Attachment));
        removal.RemoveTableIfEmpty();
    }

    /// <summary>Lets the outside answer a container's own address.</summary>
    public void RouteBack(Pod pod)
    {
        foreach (Numbers each in Numbers.Both)
        {
            Outside.Ip($"{each.IpFlag} route add {pod.Address(each)} via {each.Node}");
        }
    }

    public string Nft(string args) => Node.Exec("nft", args.Split(' '));

    // The kernel prefers any address to a deprecated one.
    private static string[] NodeAddresses(Numbers each) =>
    [
        $"address add {each.Node}/{each.LinkLength} dev {Uplink} {NoDad(each)}",
        $"address add {each.OtherNode}/{each.LinkLength} dev {Uplink} {NoDad(each)} preferred_lft 0",
    ];

    private static string[] OutsideAddresses(Numbers each) =>
    [
        $"address add {each.Outside}/{each.LinkLength} dev out0 {NoDad(each)}",
        $"address add {each.FarOutside}/{each.HostLength} dev lo {NoDad(each)}",
    ];

    private static string NoDad(Numbers each) => each.IsIPv4 ? "" : "nodad";

    private static bool IsUp(LiveNamespace ns, string name) => ns.Ip($"link show dev {name}").Contains("state UP");

    public void Dispose()
    {
        Attachments.Node.DeleteRecords(Kernel);
        Kernel.Dispose();
        foreach (LiveNamespace container in _containers)
        {
            container.Dispose();
        }

        Outside.Dispose();
        Node.Dispose();
    }
}
