using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Nodes;
using EgressNet.Operations;
using EgressNet.Plans;

namespace EgressNet.Bench.Live;

/// <summary>A node whose attachments are numbered, each with a namespace made before.</summary>
internal sealed class AttachmentNode : IDisposable
{
    private readonly EgressKernel _kernel;
    private int _namespaces;

    public AttachmentNode() => _kernel = new EgressKernel(
        openRouting: ns => Timed(ns, NetlinkConstants.NETLINK_ROUTE),
        openNetfilter: ns => Timed(ns, NfnetlinkConstants.NETLINK_NETFILTER));

    public KernelTime KernelTime { get; } = new();

    public EgressKernel Kernel => _kernel;

    public void MakeNamespaces(int count)
    {
        for (; _namespaces < count; _namespaces++)
        {
            NetNamespaces.Create(NameOf(_namespaces));
        }
    }

    public void Make(int number) => new AttachmentCreation(_kernel).Create(new EgressPlan(Attachment(number)));

    public void Remove(int number)
    {
        if (!new AttachmentRemoval(_kernel).Remove(Attachment(number)))
        {
            throw new InvalidOperationException($"Attachment {number} is not there.");
        }
    }

    public static Attachment Attachment(int number)
    {
        InetAddress gateway = InetAddress.Parse("10.128.0.1");
        string address = $"10.{128 + number / 65536}.{number / 256 % 256}.{number % 256}/9";
        return new Attachment
        {
            Id = new AttachmentId("bench", $"c{number}", "eg0"),
            Namespace = NamespaceReference.FromName(NameOf(number)),
            Addresses = [new AttachmentAddress(InetPrefix.Parse(address), gateway, new SourceNat())],
            Routes = [new AttachmentRoute(InetPrefix.Default(AddressFamily.IPv4), gateway)],
        };
    }

    public static string NameOf(int number) => $"c{number}";

    public void Dispose()
    {
        _kernel.Dispose();
        for (int number = 0; number < _namespaces; number++)
        {
            NetNamespaces.Remove(NameOf(number));
        }
    }

    private NetlinkConnection Timed(NamespaceReference ns, int protocol) => new(new TimedTransport(
        NamespaceThread.Run(ns, () => NetlinkSocket.Open(protocol, NetlinkOptions.Default)), KernelTime, protocol));
}
