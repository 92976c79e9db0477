using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Netfilter;

/// <summary>An atomic transaction of nf_tables: one send, and an error for each refused item.</summary>
/// <remarks>One transaction at a time is filled on a connection, and no other request made on it meanwhile is
/// affected. It holds at most <see cref="MaxItems"/> items and 128 KiB; elements can share an item.</remarks>
internal sealed partial class NfTransaction
{
    /// <summary>The most items that a transaction holds: as many replies as the socket surely keeps.</summary>
    public const int MaxItems = 1024;

    // Below the send buffer that a socket has by default, and the kernel's end message has room behind.
    private const int MaxBytes = 128 * 1024;
    private const int EndBytes = 20;

    // The table with all in it fits, and it is no large object yet.
    private const int FirstBytes = 80 * 1024;

    private readonly NetlinkConnection _connection;
    private readonly NetlinkWindow _window = new();
    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(FirstBytes);
    private int _bytes;
    private uint _setId;
    private bool _done;

    internal NfTransaction(NetlinkConnection connection, NfGeneration? expected)
    {
        _connection = connection;
        NetlinkWriter begin = connection.NewWriter(_buffer, NFNL_MSG.NFNL_MSG_BATCH_BEGIN, 0);
        begin.NfHeader(NfFamily.Unspecified, NfnetlinkConstants.NFNL_SUBSYS_NFTABLES);
        if (expected is { } generation)
        {
            begin.BigEndian(NFNL_BATCH.NFNL_BATCH_GENID, generation.Id);
        }

        Take(ref begin, new("change", NetlinkObject.NfTables));
    }

    /// <summary>How many items were added so far.</summary>
    public int Count => _window.Count - 1;

    /// <summary>Sends all that was added. The transaction is over then, whatever comes of it.</summary>
    /// <exception cref="NfTransactionException">The kernel refused: nothing was changed.</exception>
    /// <exception cref="NetlinkTransportException">Replies were lost or late: the outcome is unknown.</exception>
    public void Commit()
    {
        ThrowIfOver();
        _done = true;
        if (Count == 0)
        {
            return;
        }

        NetlinkWriter end = _connection.NewWriter(
            _buffer.AsSpan(_bytes, EndBytes), NFNL_MSG.NFNL_MSG_BATCH_END, 0);
        end.NfHeader(NfFamily.Unspecified, NfnetlinkConstants.NFNL_SUBSYS_NFTABLES);
        int length = _bytes + end.Written.Length;
        List<NetlinkBatchError> errors = [];
        _connection.Exchange(_buffer.AsSpan(0, length), _window, -1, errors, onReply: null, isAtomic: true);
        if (errors.Count > 0)
        {
            throw new NfTransactionException(errors[0].Error, errors[0].Index < 0 ? [] : errors);
        }
    }

    private NetlinkWriter Begin(NfMessageType type, NLM_F flags = 0)
    {
        ThrowIfOver();
        if (Count == MaxItems)
        {
            throw new InvalidOperationException($"A transaction holds {MaxItems} items at most.");
        }

        if (_buffer.Length < MaxBytes && _buffer.Length - EndBytes - _bytes < NetlinkAlignment.MaxMessageLength)
        {
            Array.Resize(ref _buffer, MaxBytes);
        }

        return _connection.NewWriter(_buffer.AsSpan(_bytes, _buffer.Length - EndBytes - _bytes), type, flags);
    }

    private void Take(ref NetlinkWriter message, NetlinkOperation operation)
    {
        int length = message.Written.Length;
        _window.Add(_connection.LastSequence, _bytes, length, operation);
        _bytes += length;
    }

    private void ThrowIfOver()
    {
        if (_done)
        {
            throw new InvalidOperationException("This transaction is already committed.");
        }
    }
}
