using System.Buffers.Binary;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;

namespace EgressNet.Tests.Fakes;

/// <summary>The real kernel, but without the subsystem of tracked connections.</summary>
internal sealed class ConntracklessTransport(INetlinkTransport kernel, int errno) : INetlinkTransport
{
    private const int HeaderBytes = 16;
    private const byte Subsystem = 1;
    private byte[]? _refusal;

    public NetNamespaceIdentity? Namespace => kernel.Namespace;

    public void Send(ReadOnlySpan<byte> datagram)
    {
        if (datagram[5] != Subsystem)
        {
            kernel.Send(datagram);
            return;
        }

        const ushort NLMSG_ERROR = 2, NLM_F_CAPPED = 0x100;
        _refusal = new byte[HeaderBytes + sizeof(int) + HeaderBytes];
        BinaryPrimitives.WriteInt32LittleEndian(_refusal, _refusal.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(_refusal.AsSpan(4), NLMSG_ERROR);
        BinaryPrimitives.WriteUInt16LittleEndian(_refusal.AsSpan(6), NLM_F_CAPPED);
        datagram.Slice(8, 4).CopyTo(_refusal.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(_refusal.AsSpan(HeaderBytes), -errno);
        datagram[..HeaderBytes].CopyTo(_refusal.AsSpan(HeaderBytes + sizeof(int)));
    }

    public int Receive(Span<byte> buffer, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_refusal is not { } refusal)
        {
            return kernel.Receive(buffer, timeout, cancellationToken);
        }

        _refusal = null;
        refusal.CopyTo(buffer);
        return refusal.Length;
    }

    public void Dispose() => kernel.Dispose();
}
