using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Veths;

namespace EgressNet.Tests.Fakes;

/// <summary>A connection in the namespace of the tests and one in a container's.</summary>
internal sealed class Connections(LiveNamespace ns) : IDisposable
{
    public NetlinkConnection Host { get; } = NetlinkConnection.Open();

    public NetlinkConnection Container { get; } = NetlinkConnection.Open(NetNamespace.FromName(ns.Name));

    public VethFactory Factory(Func<string>? draw = null) => new(Host, Container, draw);

    public void Dispose()
    {
        Host.Dispose();
        Container.Dispose();
    }
}
