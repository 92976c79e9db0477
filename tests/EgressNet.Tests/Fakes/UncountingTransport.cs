using System.Buffers.Binary;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;

namespace EgressNet.Tests.Fakes;

/// <summary>A kernel that deletes a set with elements whatever it is asked, as Linux 6.1 does.</summary>
internal sealed class UncountingTransport(INetlinkTransport kernel) : INetlinkTransport
{
    public NetNamespaceIdentity? Namespace => kernel.Namespace;

    public void Send(ReadOnlySpan<byte> datagram)
    {
        byte[] sent = datagram.ToArray();
        for (int at = 0; at < sent.Length; at += (BinaryPrimitives.ReadInt32LittleEndian(sent.AsSpan(at)) + 3) & ~3)
        {
            if (BinaryPrimitives.ReadUInt16LittleEndian(sent.AsSpan(at + 4)) == (ushort)NfMessageType.DeleteSet)
            {
                NLM_F flags = (NLM_F)BinaryPrimitives.ReadUInt16LittleEndian(sent.AsSpan(at + 6));
                BinaryPrimitives.WriteUInt16LittleEndian(sent.AsSpan(at + 6), (ushort)(flags & ~NLM_F.NLM_F_NONREC));
            }
        }

        kernel.Send(sent);
    }

    public int Receive(Span<byte> buffer, TimeSpan timeout, CancellationToken cancellationToken) =>
        kernel.Receive(buffer, timeout, cancellationToken);

    public void Dispose() => kernel.Dispose();
}
