using EgressNet.Changes;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Veths;

namespace EgressNet.Tests.Fakes;

/// <summary>A connection in the namespace of the tests and one in a container's.</summary>
internal sealed class Connections(LiveNamespace ns) : IDisposable
{
    private readonly Conversation _host = new(() => NetlinkConnection.Open());
    private readonly Conversation _container = new(() => NetlinkConnection.Open(NamespaceReference.FromName(ns.Name)));

    public NetlinkConnection Host => _host.Connection;

    public NetlinkConnection Container => _container.Connection;

    public VethFactory Factory(Func<string>? draw = null) => new(_host, _container, draw);

    public void Dispose()
    {
        _host.Dispose();
        _container.Dispose();
    }
}
