using System.Buffers.Binary;
using System.Diagnostics;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;

namespace EgressNet.Bench.Live;

/// <summary>Adds up the time that the kernel has the word.</summary>
internal sealed class TimedTransport(INetlinkTransport kernel, KernelTime spent, int protocol) : INetlinkTransport
{
    private string _request = "";

    public NetNamespaceIdentity? Namespace => kernel.Namespace;

    public void Send(ReadOnlySpan<byte> datagram)
    {
        int type = BinaryPrimitives.ReadUInt16LittleEndian(datagram[4..]);
        _request = protocol == NetlinkConstants.NETLINK_ROUTE ? $"{(RTM)type}"
            : type == (int)NFNL_MSG.NFNL_MSG_BATCH_BEGIN ? "change nf_tables"
            : "read netfilter";
        long started = Stopwatch.GetTimestamp();
        kernel.Send(datagram);
        spent.Add(_request, Stopwatch.GetTimestamp() - started);
    }

    public int Receive(Span<byte> buffer, TimeSpan timeout, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        int length = kernel.Receive(buffer, timeout, cancellationToken);
        spent.Add(_request, Stopwatch.GetTimestamp() - started);
        return length;
    }

    public void Dispose() => kernel.Dispose();
}
