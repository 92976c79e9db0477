using System.Diagnostics;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;

namespace EgressNet.Bench.Live;

/// <summary>Adds up the time that the kernel has the word.</summary>
internal sealed class TimedTransport(INetlinkTransport kernel, KernelTime spent) : INetlinkTransport
{
    public NetNamespaceIdentity? Namespace => kernel.Namespace;

    public void Send(ReadOnlySpan<byte> datagram)
    {
        long started = Stopwatch.GetTimestamp();
        kernel.Send(datagram);
        spent.Ticks += Stopwatch.GetTimestamp() - started;
    }

    public int Receive(Span<byte> buffer, TimeSpan timeout, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        int length = kernel.Receive(buffer, timeout, cancellationToken);
        spent.Ticks += Stopwatch.GetTimestamp() - started;
        return length;
    }

    public void Dispose() => kernel.Dispose();
}
