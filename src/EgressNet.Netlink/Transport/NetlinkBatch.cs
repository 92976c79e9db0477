using System.Buffers;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Transport;

/// <summary>One request of a batch that the kernel refused. The requests after it were still carried out.</summary>
/// <param name="Index">Its place in the batch, from 0, in the order of adding.</param>
/// <param name="Error">What the kernel said.</param>
public readonly record struct NetlinkBatchError(int Index, NetlinkException Error);

/// <summary>Requests gathered into few datagrams: at most 128 or 64 KiB a datagram, and one acknowledgement for
/// each. The kernel works in order and not atomically.</summary>
public sealed class NetlinkBatch : IDisposable
{
    private const int WindowBytes = 64 * 1024;
    private const int WindowMessages = 128;

    private readonly NetlinkConnection _connection;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(WindowBytes + NetlinkAlignment.MaxMessageLength);
    private readonly List<NetlinkBatchError> _errors = [];
    private readonly NetlinkWindow _window = new();
    private readonly BatchReplyReader? _onReply;
    private int _bytes;
    private bool _disposed;

    internal NetlinkBatch(NetlinkConnection connection, BatchReplyReader? onReply = null)
    {
        _connection = connection;
        _onReply = onReply;
    }

    /// <summary>How many requests were added so far.</summary>
    public int Count { get; private set; }

    /// <summary>Sends what is still pending and returns the errors of the whole batch.</summary>
    /// <returns>The refused requests, in order; none when all were carried out.</returns>
    /// <exception cref="NetlinkTransportException">Replies were lost or late: the outcome is unknown.</exception>
    public IReadOnlyList<NetlinkBatchError> Complete()
    {
        Flush();
        return _errors;
    }

    /// <summary>Returns the buffer. Requests that were not completed are not sent.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }

    internal NetlinkWriter Begin<TType>(TType type, NLM_F flags) where TType : unmanaged, Enum
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _connection.NewWriter(
            _buffer.AsSpan(_bytes, NetlinkAlignment.MaxMessageLength),
            type,
            _onReply is null ? flags : flags | NLM_F.NLM_F_ECHO);
    }

    internal void Add(ref NetlinkWriter request, NetlinkOperation operation)
    {
        int length = request.Written.Length;
        _window.Add(_connection.LastSequence, _bytes, length, operation);
        _bytes += length;
        Count++;
        if (_bytes >= WindowBytes || _window.Count == WindowMessages)
        {
            Flush();
        }
    }

    private void Flush()
    {
        if (_window.Count == 0)
        {
            return;
        }

        int first = Count - _window.Count;
        _connection.Exchange(_buffer.AsSpan(0, _bytes), _window, first, _errors, _onReply);
        _bytes = 0;
        _window.Clear();
    }
}
