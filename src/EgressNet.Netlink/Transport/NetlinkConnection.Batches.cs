using System.Runtime.InteropServices;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Transport;

/// <summary>Receives what the kernel echoes for one request of a batch.</summary>
internal delegate void BatchReplyReader(int index, in NetlinkMessage message);

public sealed partial class NetlinkConnection
{
    internal uint LastSequence => _sequence;

    /// <summary>Starts a batch. One batch at a time is filled on a connection.</summary>
    /// <returns>An empty batch, to be disposed after use.</returns>
    public NetlinkBatch CreateBatch() => new(this);

    internal NetlinkBatch CreateBatch(BatchReplyReader onReply) => new(this, onReply);

    /// <remarks>Of an atomic window the first message opens a transaction, and an error of it is the only answer that
    /// is sure to come.</remarks>
    internal void Exchange(
        Span<byte> datagram,
        NetlinkWindow window,
        int firstIndex,
        List<NetlinkBatchError> errors,
        BatchReplyReader? onReply,
        bool isAtomic = false)
    {
        EnsureUsable();
        ref nlmsghdr last = ref MemoryMarshal.AsRef<nlmsghdr>(datagram[window.LastStart..]);
        last.nlmsg_flags |= (ushort)NLM_F.NLM_F_ACK;
        _transport.Send(datagram);
        Silence silence = new(_options.Timeout);
        bool done = false;
        while (!done)
        {
            if (Receive(silence, out ReadOnlySpan<byte> replies))
            {
                done = ReadReplies(replies, datagram, window, firstIndex, errors, onReply, isAtomic, ref silence);
            }
        }
    }

    /// <returns>True once the last message of the window is answered: all others were answered before it.</returns>
    private bool ReadReplies(
        ReadOnlySpan<byte> replies,
        ReadOnlySpan<byte> datagram,
        NetlinkWindow window,
        int firstIndex,
        List<NetlinkBatchError> errors,
        BatchReplyReader? onReply,
        bool isAtomic,
        ref Silence silence)
    {
        bool done = false;
        try
        {
            foreach (NetlinkMessage message in new MessageReader(replies))
            {
                ThrowIfRepliesLost(in message);
                int index = window.IndexOf(message.Sequence);
                if (index < 0)
                {
                    NoteOther(in message);
                    continue;
                }

                silence.Break();
                if (message.Type == (ushort)NLMSG.NLMSG_ERROR)
                {
                    ReadOnlySpan<byte> request = window.MessageOf(index, datagram);
                    if (RefusedRequest.Read(in message, window.OperationOf(index), request) is { } refusal)
                    {
                        errors.Add(new NetlinkBatchError(firstIndex + index, refusal));
                    }

                    done |= index == window.Count - 1 || (isAtomic && index == 0);
                }
                else if (message.Type >= (ushort)NLMSG.NLMSG_MIN_TYPE)
                {
                    onReply?.Invoke(firstIndex + index, in message);
                }
            }
        }
        catch (NetlinkFormatException error)
        {
            _broken = error;
            throw;
        }

        return done;
    }
}
