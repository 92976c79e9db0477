using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Nodes;
using EgressNet.Plans;
using EgressNet.Records;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.Killing;

/// <summary>What is killed.</summary>
internal enum KilledOperation
{
    New,
    NewForce,
    Repair,
    Remove,
    RemoveMany,
}

/// <summary>One operation on a node of its own, which goes as far as to one of its changes.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="At">Which change is not made any more, counted from 1.</param>
/// <param name="Host">The node's namespace.</param>
/// <param name="Container">The container's namespace.</param>
internal sealed record KillJob(KilledOperation Operation, int At, string Host, string Container)
{
    private static readonly MacAddress s_mac = MacAddress.FromBytes([2, 0, 0, 0, 0, 1])!.Value;
    private static readonly MacAddress s_hostMac = MacAddress.FromBytes([2, 0, 0, 0, 0, 2])!.Value;

    public static KillJob Parse(string line) =>
        line.Split(' ') is [string operation, string at, string host, string container]
            ? new KillJob(Enum.Parse<KilledOperation>(operation), int.Parse(at), host, container)
            : throw new FormatException(line);

    public override string ToString() => $"{Operation} {At} {Host} {Container}";

    /// <summary>The attachment that is to be; with a chosen name of the host's end, so that its usual one does not tell.
    /// </summary>
    public Attachment Wanted => Attachment("10.9.0.5/24", "fd09::5/64");

    /// <summary>The one that is there before.</summary>
    public Attachment Before => Operation == KilledOperation.NewForce
        ? Attachment("10.9.0.7/24", "fd09::5/64") with { HostInterface = "before0" }
        : Wanted;

    /// <summary>One that is removed together with it.</summary>
    private Attachment Another => Wanted with
    {
        Id = new AttachmentId("pods", "c2", "eg1"),
        Addresses =
        [
            new AttachmentAddress(InetPrefix.Parse("10.9.1.5/24"), InetAddress.Parse("10.9.1.1"), new SourceNat()),
        ],
        Routes = [],
        HostInterface = "chosen1",
        MacAddress = MacAddress.Draw(),
        HostMacAddress = MacAddress.Draw(),
    };

    /// <summary>Brings the node into the state in which the operation begins.</summary>
    public void Prepare(EgressKernel kernel)
    {
        if (Operation == KilledOperation.New)
        {
            return;
        }

        new AttachmentCreation(kernel).Create(new EgressPlan(Before));
        if (Operation == KilledOperation.RemoveMany)
        {
            new AttachmentCreation(kernel).Create(new EgressPlan(Another));
        }

        if (Operation == KilledOperation.Repair)
        {
            kernel.Host.Links.Delete(kernel.Host.Links.Get(Before.HostInterface).Index);
            NatTable nat = new(kernel.Netfilter);
            nat.Remove(Before.Id.Owner, [.. Before.Addresses.Select(each => each.Address.Address)]);
            nat.RemoveTableIfEmpty();
        }
    }

    /// <summary>Does the operation, whose changes are told each before it is made.</summary>
    public void Run(Action changing)
    {
        NamespaceReference host = NamespaceReference.FromName(Host);
        using EgressKernel kernel = new(
            host,
            ns => new NetlinkConnection(FaultyTransport.Open(ns, new Fault(), changing)),
            ns => new NetlinkConnection(FaultyTransport.OpenNetfilter(ns, new Fault(), changing)),
            new ToldSettings(changing),
            identity => new RecordStore(identity, new ToldFiles(changing)));
        switch (Operation)
        {
            case KilledOperation.New or KilledOperation.NewForce:
                new AttachmentCreation(kernel).Create(
                    new EgressPlan(Wanted), replace: Operation == KilledOperation.NewForce);
                break;
            case KilledOperation.Repair:
                new AttachmentRepair(kernel).Repair(new EgressPlan(Wanted));
                break;
            case KilledOperation.Remove:
                Remove(kernel, [Wanted]);
                break;
            case KilledOperation.RemoveMany:
                Remove(kernel, [Wanted, Another]);
                break;
        }
    }

    private static void Remove(EgressKernel kernel, Attachment[] attachments)
    {
        AttachmentRemoval removal = new(kernel);
        Assert.All(removal.Remove(attachments).ToArray(), each => Assert.True(each is { WasThere: true, Fault: null }));
        removal.RemoveTableIfEmpty();
    }

    private Attachment Attachment(params string[] addresses) => new()
    {
        Id = new AttachmentId("pods", "c1", "eg0"),
        Namespace = NamespaceReference.FromName(Container),
        Addresses =
        [
            .. addresses.Select(InetPrefix.Parse).Select(each => new AttachmentAddress(
                each,
                InetAddress.Parse(each.Family == AddressFamily.IPv4 ? "10.9.0.1" : "fd09::1"),
                new SourceNat())),
        ],
        Routes = [new AttachmentRoute(InetPrefix.Parse("0.0.0.0/0"), InetAddress.Parse("10.9.0.1"))],
        Excluded = [InetPrefix.Parse("10.0.0.0/8")],
        Isolation = EgressIsolation.Containers,
        HostInterface = "chosen0",
        MacAddress = s_mac,
        HostMacAddress = s_hostMac,
    };
}
