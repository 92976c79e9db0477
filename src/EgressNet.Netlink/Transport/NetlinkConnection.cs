using System.Buffers;
using System.Runtime.CompilerServices;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Transport;

/// <summary>Requests and replies over one transport, for one thread of control at a time. The services of each
/// family (links, addresses, routes) hang off it.</summary>
/// <remarks>A connection whose wait was cancelled or failed is broken: later use is refused, since replies of the
/// abandoned request may still be on their way.</remarks>
public sealed partial class NetlinkConnection : IDisposable
{
    private const int MinReceiveBytes = 32 * 1024;

    private readonly INetlinkTransport _transport;
    private readonly NetlinkOptions _options;
    private readonly CancellationToken _cancellation;

    // The pool would hand out 128 KiB, a large object, of which few make the runtime collect all garbage there is.
    private readonly byte[] _send = GC.AllocateUninitializedArray<byte>(NetlinkAlignment.MaxMessageLength);

    private byte[] _receive;
    private uint _sequence;
    private Exception? _broken;
    private bool _disposed;

    /// <summary>Creates a connection over a transport that it then owns.</summary>
    /// <param name="transport">Where datagrams go.</param>
    /// <param name="options">How to wait and retry.</param>
    /// <param name="cancellationToken">Ends every wait of this connection, and so its use.</param>
    internal NetlinkConnection(
        INetlinkTransport transport,
        NetlinkOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        _transport = transport;
        _options = options ?? NetlinkOptions.Default;
        _cancellation = cancellationToken;
        _receive = ArrayPool<byte>.Shared.Rent(Math.Max(_options.ReceiveBufferBytes, MinReceiveBytes));
    }

    /// <summary>Whether the connection failed or was cancelled, so that later use is refused.</summary>
    public bool IsBroken => _broken is not null;

    /// <summary>Which namespace the connection is in; null over a transport that does not tell.</summary>
    public NetNamespaceIdentity? NamespaceIdentity => _transport.Namespace;

    /// <summary>The cookie of that namespace (SO_NETNS_COOKIE); null before Linux 5.14.</summary>
    public ulong? NamespaceCookie => NamespaceIdentity?.Cookie;

    /// <summary>Closes the transport.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _transport.Dispose();
        ArrayPool<byte>.Shared.Return(_receive);
    }

    internal NetlinkWriter Begin<TType>(TType type, NLM_F flags = 0) where TType : unmanaged, Enum
    {
        EnsureUsable();
        return NewWriter(_send, type, flags);
    }

    /// <summary>A change: returns once the kernel acknowledged it.</summary>
    internal void Execute(ref NetlinkWriter request, NetlinkOperation operation)
    {
        request.AddFlags(NLM_F.NLM_F_ACK);
        Exchange<object?>(request.Written, operation, null, acknowledged: true);
    }

    /// <summary>A change whose result the kernel returns (NLM_F_ECHO), where it supports that.</summary>
    internal T? Execute<T>(ref NetlinkWriter request, NetlinkOperation operation, ReplyReader<T> read)
    {
        request.AddFlags(NLM_F.NLM_F_ACK | NLM_F.NLM_F_ECHO);
        return Exchange(request.Written, operation, read, acknowledged: true);
    }

    /// <summary>A question with one answer.</summary>
    internal T Get<T>(ref NetlinkWriter request, NetlinkOperation operation, ReplyReader<T> read) =>
        Exchange(request.Written, operation, read, acknowledged: false)!;

    /// <summary>A question with one answer, or none where the kernel refuses with <paramref name="absent"/>.</summary>
    internal T? Find<T>(ref NetlinkWriter request, NetlinkOperation operation, ReplyReader<T> read, Errno absent)
        where T : class => Exchange(request.Written, operation, read, acknowledged: false, absent);

    internal NetlinkWriter NewWriter<TType>(Span<byte> buffer, TType type, NLM_F flags)
        where TType : unmanaged, Enum =>
        new(
            buffer,
            Unsafe.BitCast<TType, ushort>(type),
            NLM_F.NLM_F_REQUEST | flags,
            NextSequence());

    private T? Exchange<T>(
        ReadOnlySpan<byte> request, NetlinkOperation operation, ReplyReader<T>? read, bool acknowledged, Errno absent = default)
    {
        uint sequence = _sequence;
        _transport.Send(request);
        Silence silence = new(_options.Timeout);
        T? result = default;
        while (true)
        {
            if (!Receive(silence, out ReadOnlySpan<byte> datagram))
            {
                // A cut answer can be asked for again; a cut echo is followed by its acknowledgement.
                if (!acknowledged)
                {
                    _transport.Send(request);
                }

                silence.Break();
                continue;
            }

            if (TryFindReply(datagram, sequence, request, operation, read, acknowledged, absent, ref silence, ref result))
            {
                return result;
            }
        }
    }

    private bool TryFindReply<T>(
        ReadOnlySpan<byte> datagram,
        uint sequence,
        ReadOnlySpan<byte> request,
        NetlinkOperation operation,
        ReplyReader<T>? read,
        bool acknowledged,
        Errno absent,
        ref Silence silence, ref T? result)
    {
        try
        {
            foreach (NetlinkMessage message in new MessageReader(datagram))
            {
                if (message.Sequence != sequence)
                {
                    NoteOther(in message);
                    continue;
                }

                ThrowIfRepliesLost(in message);
                silence.Break();
                if (message.Type == (ushort)NLMSG.NLMSG_ERROR)
                {
                    NetlinkException? refusal = RefusedRequest.Read(in message, operation, request);
                    return refusal is null || refusal.Errno == absent ? true : throw refusal;
                }

                if (message.Type >= (ushort)NLMSG.NLMSG_MIN_TYPE && read is not null)
                {
                    result = read(in message);
                    if (!acknowledged)
                    {
                        return true;
                    }
                }
            }

            return false;
        }
        catch (NetlinkFormatException error)
        {
            _broken = error;
            throw;
        }
    }

    private void EnsureUsable()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_broken is not null)
        {
            throw new NetlinkTransportException(
                NetlinkTransportError.Broken, "This connection failed earlier and is not used again.", _broken);
        }

        if (_streaming)
        {
            throw new InvalidOperationException("A dump is being read on this connection.");
        }

        Cancellation.ThrowIfCancellationRequested();
    }

    private uint NextSequence()
    {
        // 0 belongs to the kernel's own notifications.
        _sequence = _sequence == uint.MaxValue ? 1 : _sequence + 1;
        return _sequence;
    }

    private void ThrowIfRepliesLost(in NetlinkMessage message)
    {
        if (message.Type == (ushort)NLMSG.NLMSG_OVERRUN)
        {
            NetlinkTransportException lost = new(
                NetlinkTransportError.RepliesLost, "The kernel says that replies were lost (NLMSG_OVERRUN).");
            _broken = lost;
            throw lost;
        }
    }

    private NetlinkTransportException Late() =>
        new(NetlinkTransportError.TimedOut, $"No reply to this request within {_options.Timeout.TotalSeconds:0.###} s.");

    /// <returns>False when the datagram was longer than the buffer, which has then grown to hold the next.</returns>
    private bool Receive(Silence silence, out ReadOnlySpan<byte> datagram)
    {
        try
        {
            // Checked here too, since a socket with replies to others in it never waits.
            return silence.IsOver ? throw Late() : ReceiveWithin(silence.Left, out datagram);
        }
        catch (NetlinkTransportException late) when (late.Reason == NetlinkTransportError.TimedOut)
        {
            _broken = Late();
            throw _broken;
        }
        catch (Exception error)
        {
            _broken = error;
            throw;
        }
    }

    private bool ReceiveWithin(TimeSpan timeout, out ReadOnlySpan<byte> datagram)
    {
        int length = _transport.Receive(_receive, timeout, Cancellation);
        if (length <= _receive.Length)
        {
            datagram = _receive.AsSpan(0, length);
            return true;
        }

        ArrayPool<byte>.Shared.Return(_receive);
        _receive = ArrayPool<byte>.Shared.Rent(length);
        datagram = default;
        return false;
    }
}
