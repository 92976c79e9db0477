using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Nodes;
using EgressNet.Plans;
using EgressNet.Records;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.Attachments;

/// <summary>With whom a request goes wrong.</summary>
internal enum Subsystem
{
    Host,
    Container,
    Netfilter,
    Settings,
    Records,
}

/// <summary>The conversations of an attachment, of which one request of one conversation goes wrong.</summary>
internal sealed class FaultyKernel : IDisposable
{
    private readonly Fault _none = new();

    public FaultyKernel(Node node, Subsystem with, FaultKind kind, int at)
    {
        // To a question it is the same whether it got there.
        Fault = new Fault { Kind = kind, At = at, WritesOnly = kind == FaultKind.RequestLost };
        NamespaceReference host = NamespaceReference.FromName(node.Host.Name);
        Kernel = new EgressKernel(
            host,
            ns => new NetlinkConnection(FaultyTransport.Open(
                ns, Of(ns == host ? Subsystem.Host : Subsystem.Container, with))),
            ns => new NetlinkConnection(FaultyTransport.OpenNetfilter(ns, Of(Subsystem.Netfilter, with))),
            new FaultySettings(Of(Subsystem.Settings, with)),
            identity => new RecordStore(identity, new FaultyFiles(Of(Subsystem.Records, with))));
    }

    public EgressKernel Kernel { get; }

    public Fault Fault { get; }

    public void Dispose() => Kernel.Dispose();

    private Fault Of(Subsystem conversation, Subsystem with) => conversation == with ? Fault : _none;
}
