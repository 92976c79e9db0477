using System.Buffers.Binary;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;

namespace EgressNet.Tests.Fakes;

/// <summary>The real kernel, but for one request, which is refused before it gets there.</summary>
internal sealed class FaultyTransport : INetlinkTransport
{
    public const int EIO = 5;

    private const int HeaderBytes = 16;
    private readonly NetlinkSocket _kernel;
    private byte[]? _refusal;

    private FaultyTransport(NetlinkSocket kernel) => _kernel = kernel;

    /// <summary>Which request is refused, counted from 1; 0 for none.</summary>
    public int FailAt { get; set; }

    /// <summary>Whether only changes count and fail, not questions.</summary>
    public bool WritesOnly { get; set; } = true;

    public int Errno { get; set; } = EIO;

    /// <summary>The requests counted so far.</summary>
    public int Count { get; private set; }

    public bool HasFailed { get; private set; }

    public static FaultyTransport Open(string ns) => Open(NetNamespace.FromName(ns));

    public static FaultyTransport Open(NetNamespace ns) => new(NamespaceThread.Run(
        ns,
        () => NetlinkSocket.Open(NetlinkConstants.NETLINK_ROUTE, NetlinkOptions.Default)));

    public void Send(ReadOnlySpan<byte> datagram)
    {
        // The message types of a family are NEW, DEL, GET, SET in this order.
        bool question = BinaryPrimitives.ReadUInt16LittleEndian(datagram[4..]) % 4 == 2;
        if ((!question || !WritesOnly) && ++Count == FailAt)
        {
            HasFailed = true;
            _refusal = Refuse(datagram[..HeaderBytes]);
            return;
        }

        _kernel.Send(datagram);
    }

    public int Receive(Span<byte> buffer, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_refusal is not { } refusal)
        {
            return _kernel.Receive(buffer, timeout, cancellationToken);
        }

        _refusal = null;
        refusal.CopyTo(buffer);
        return refusal.Length;
    }

    public void Dispose() => _kernel.Dispose();

    private byte[] Refuse(ReadOnlySpan<byte> request)
    {
        const ushort NLMSG_ERROR = 2, NLM_F_CAPPED = 0x100;
        byte[] reply = new byte[HeaderBytes + sizeof(int) + HeaderBytes];
        BinaryPrimitives.WriteInt32LittleEndian(reply, reply.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(reply.AsSpan(4), NLMSG_ERROR);
        BinaryPrimitives.WriteUInt16LittleEndian(reply.AsSpan(6), NLM_F_CAPPED);
        request.Slice(8, 4).CopyTo(reply.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(reply.AsSpan(HeaderBytes), -Errno);
        request.CopyTo(reply.AsSpan(HeaderBytes + sizeof(int)));
        return reply;
    }
}
