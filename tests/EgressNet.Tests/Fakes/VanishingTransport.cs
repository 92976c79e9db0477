using System.Buffers.Binary;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;

namespace EgressNet.Tests.Fakes;

/// <summary>The real kernel, where something goes between the first answer about a route and the question that follows
/// from it.</summary>
internal sealed class VanishingTransport(INetlinkTransport kernel, Action vanish) : INetlinkTransport
{
    private bool _isRouteKnown;

    public bool HasVanished { get; private set; }

    public NetNamespaceIdentity? Namespace => kernel.Namespace;

    public void Send(ReadOnlySpan<byte> datagram)
    {
        RTM type = (RTM)BinaryPrimitives.ReadUInt16LittleEndian(datagram[4..]);
        if (_isRouteKnown && !HasVanished && type == RTM.RTM_GETLINK)
        {
            HasVanished = true;
            vanish();
        }

        _isRouteKnown = type == RTM.RTM_GETROUTE;
        kernel.Send(datagram);
    }

    public int Receive(Span<byte> buffer, TimeSpan timeout, CancellationToken cancellationToken) =>
        kernel.Receive(buffer, timeout, cancellationToken);

    public void Dispose() => kernel.Dispose();
}
