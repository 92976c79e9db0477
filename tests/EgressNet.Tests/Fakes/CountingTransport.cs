using System.Buffers.Binary;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;

namespace EgressNet.Tests.Fakes;

/// <summary>Notes what is asked of the kernel: each request's type, and whether it asks for all there are.</summary>
internal sealed class CountingTransport(INetlinkTransport kernel, List<string> asked) : INetlinkTransport
{
    private const int NLM_F_DUMP = 0x300;

    public NetNamespaceIdentity? Namespace => kernel.Namespace;

    public void Send(ReadOnlySpan<byte> datagram)
    {
        int type = BinaryPrimitives.ReadUInt16LittleEndian(datagram[4..]);
        bool isDump = (BinaryPrimitives.ReadUInt16LittleEndian(datagram[6..]) & NLM_F_DUMP) == NLM_F_DUMP && type % 4 == 2;
        asked.Add($"{type}{(isDump ? " all" : "")}");
        kernel.Send(datagram);
    }

    public int Receive(Span<byte> buffer, TimeSpan timeout, CancellationToken cancellationToken) =>
        kernel.Receive(buffer, timeout, cancellationToken);

    public void Dispose() => kernel.Dispose();
}
