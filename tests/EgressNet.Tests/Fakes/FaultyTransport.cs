using System.Buffers.Binary;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;

namespace EgressNet.Tests.Fakes;

/// <summary>The real kernel, but for one request that goes wrong.</summary>
internal sealed class FaultyTransport : INetlinkTransport
{
    public const int EIO = Fault.EIO;

    private const int HeaderBytes = 16;
    private readonly NetlinkSocket _kernel;
    private readonly Fault _fault;
    private readonly int _protocol;
    private byte[]? _refusal;
    private bool _silent;

    private FaultyTransport(NetlinkSocket kernel, Fault fault, int protocol)
    {
        _kernel = kernel;
        _fault = fault;
        _protocol = protocol;
    }

    /// <summary>Told of each request before it is sent.</summary>
    public Action? Sending { get; init; }

    public int FailAt
    {
        get => _fault.At;
        set => _fault.At = value;
    }

    public bool WritesOnly
    {
        get => _fault.WritesOnly;
        set => _fault.WritesOnly = value;
    }

    public int Count => _fault.Count;

    public bool HasFailed => _fault.HasStruck;

    public NetNamespaceIdentity? Namespace => _kernel.Namespace;

    public static FaultyTransport Open(string ns) => Open(NamespaceReference.FromName(ns));

    public static FaultyTransport Open(NamespaceReference ns) => Open(ns, new Fault());

    public static FaultyTransport Open(NamespaceReference ns, Fault fault, Action? sending = null) =>
        Open(ns, fault, NetlinkConstants.NETLINK_ROUTE, sending);

    public static FaultyTransport OpenNetfilter(NamespaceReference ns, Fault fault, Action? sending = null) =>
        Open(ns, fault, NfnetlinkConstants.NETLINK_NETFILTER, sending);

    public void Send(ReadOnlySpan<byte> datagram)
    {
        bool isQuestion = IsQuestion(BinaryPrimitives.ReadUInt16LittleEndian(datagram[4..]));
        if (!isQuestion)
        {
            Sending?.Invoke();
        }

        bool strikes = _fault.Strikes(isQuestion);
        _silent = strikes && _fault.Kind != FaultKind.Refused;
        if (strikes && _fault.Kind == FaultKind.Refused)
        {
            _refusal = Refuse(datagram);
        }
        else if (!strikes || _fault.Kind == FaultKind.ReplyLost)
        {
            _kernel.Send(datagram);
        }
    }

    public int Receive(Span<byte> buffer, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_silent)
        {
            throw new NetlinkTransportException(NetlinkTransportError.TimedOut, "No reply.");
        }

        if (_refusal is not { } refusal)
        {
            return _kernel.Receive(buffer, timeout, cancellationToken);
        }

        _refusal = null;
        refusal.CopyTo(buffer);
        return refusal.Length;
    }

    public void Dispose() => _kernel.Dispose();

    private static FaultyTransport Open(NamespaceReference ns, Fault fault, int protocol, Action? sending) => new(
        NamespaceThread.Run(ns, () => NetlinkSocket.Open(protocol, NetlinkOptions.Default)), fault, protocol)
    {
        Sending = sending,
    };

    // The message types of a routing family are NEW, DEL, GET, SET in this order. Packet filter changes come in batches,
    // which are refused as a whole by their first message.
    private bool IsQuestion(ushort type) => _protocol == NetlinkConstants.NETLINK_ROUTE
        ? type % 4 == 2
        : type != (ushort)NFNL_MSG.NFNL_MSG_BATCH_BEGIN;

    // Of a batch of the packet filter the first message answers for all.
    private byte[] Refuse(ReadOnlySpan<byte> datagram)
    {
        List<byte> replies = [];
        while (datagram.Length >= HeaderBytes)
        {
            replies.AddRange(RefuseOne(datagram[..HeaderBytes]));
            int length = (BinaryPrimitives.ReadInt32LittleEndian(datagram) + 3) & ~3;
            datagram = _protocol == NetlinkConstants.NETLINK_ROUTE && length < datagram.Length ? datagram[length..] : [];
        }

        return [.. replies];
    }

    private byte[] RefuseOne(ReadOnlySpan<byte> request)
    {
        const ushort NLMSG_ERROR = 2, NLM_F_CAPPED = 0x100;
        byte[] reply = new byte[HeaderBytes + sizeof(int) + HeaderBytes];
        BinaryPrimitives.WriteInt32LittleEndian(reply, reply.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(reply.AsSpan(4), NLMSG_ERROR);
        BinaryPrimitives.WriteUInt16LittleEndian(reply.AsSpan(6), NLM_F_CAPPED);
        request.Slice(8, 4).CopyTo(reply.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(reply.AsSpan(HeaderBytes), -_fault.Errno);
        request.CopyTo(reply.AsSpan(HeaderBytes + sizeof(int)));
        return reply;
    }
}
