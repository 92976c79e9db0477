using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Plans;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.Attachments;

/// <summary>With whom a request goes wrong.</summary>
internal enum Conversation
{
    Host,
    Container,
    Netfilter,
    Settings,
}

/// <summary>The conversations of an attachment, of which one request of one conversation goes wrong.</summary>
internal sealed class FaultyKernel : IDisposable
{
    private readonly Fault _none = new();

    public FaultyKernel(Node node, Conversation with, FaultKind kind, int at)
    {
        Fault = new Fault { Kind = kind, At = at, WritesOnly = false };
        NetNamespace host = NetNamespace.FromName(node.Host.Name);
        Kernel = new EgressKernel(
            host,
            ns => new NetlinkConnection(FaultyTransport.Open(
                ns, Of(ns == host ? Conversation.Host : Conversation.Container, with))),
            ns => new NetlinkConnection(FaultyTransport.OpenNetfilter(ns, Of(Conversation.Netfilter, with))),
            new FaultySettings(Of(Conversation.Settings, with)));
    }

    public EgressKernel Kernel { get; }

    public Fault Fault { get; }

    public void Dispose() => Kernel.Dispose();

    private Fault Of(Conversation conversation, Conversation with) => conversation == with ? Fault : _none;
}
