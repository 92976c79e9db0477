using EgressNet.Netlink.Transport;

namespace EgressNet.Tests.Fakes;

/// <summary>A kernel that does not tell its namespace, as before Linux 5.14.</summary>
internal sealed class NamelessTransport(INetlinkTransport kernel) : INetlinkTransport
{
    public void Send(ReadOnlySpan<byte> datagram) => kernel.Send(datagram);

    public int Receive(Span<byte> buffer, TimeSpan timeout, CancellationToken cancellationToken) =>
        kernel.Receive(buffer, timeout, cancellationToken);

    public void Dispose() => kernel.Dispose();
}
