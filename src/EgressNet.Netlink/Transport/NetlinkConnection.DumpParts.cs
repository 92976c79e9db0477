using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Transport;

public sealed partial class NetlinkConnection
{
    // The dump whose end has not been read, 0 for none.
    private uint _openDump;

    private enum DumpProgress
    {
        More,
        Done,
        Restart,
    }

    private uint StartDump(byte[] message)
    {
        DrainOpenDump();
        uint sequence = NextSequence();
        BitConverter.TryWriteBytes(message.AsSpan(8), sequence);
        _transport.Send(message);
        _openDump = sequence;
        return sequence;
    }

    private DumpProgress ReadDump<T>(
        uint sequence,
        byte[] request,
        NetlinkOperation operation,
        EntryReader<T> read,
        List<T> entries,
        ref bool interrupted)
    {
        // A socket with a datagram ready does not wait, and so does not look.
        Cancellation.ThrowIfCancellationRequested();
        Silence silence = new(_options.Timeout);
        bool any = false;
        while (!any)
        {
            if (!Receive(silence, out ReadOnlySpan<byte> datagram))
            {
                return DumpProgress.Restart;
            }

            ThrowIfEmpty(datagram, operation);
            try
            {
                foreach (NetlinkMessage message in new MessageReader(datagram))
                {
                    ThrowIfRepliesLost(in message);
                    if (message.Sequence != sequence)
                    {
                        continue;
                    }

                    any = true;
                    interrupted |= (message.Flags & NLM_F.NLM_F_DUMP_INTR) != 0;
                    switch ((NLMSG)message.Type)
                    {
                        case NLMSG.NLMSG_DONE or NLMSG.NLMSG_ERROR:
                            _openDump = 0;
                            NetlinkException? refusal = RefusedRequest.Read(in message, operation, request);
                            return refusal is null ? DumpProgress.Done : throw refusal;
                        case >= NLMSG.NLMSG_MIN_TYPE when read(in message, out T entry):
                            entries.Add(entry);
                            break;
                    }
                }
            }
            catch (NetlinkFormatException error)
            {
                _broken = error;
                throw;
            }
        }

        return DumpProgress.More;
    }

    // An entry that fits no part: Linux 6.9 and later send empty ones for ever, where they do not end the dump with EMSGSIZE.
    private void ThrowIfEmpty(ReadOnlySpan<byte> part, NetlinkOperation operation)
    {
        if (part.IsEmpty)
        {
            _broken = new NetlinkException(operation, Errno.EMSGSIZE);
            throw _broken;
        }
    }

    private void DrainOpenDump()
    {
        Silence silence = new(_options.Timeout);
        while (_openDump != 0)
        {
            try
            {
                if (silence.IsOver)
                {
                    throw Late();
                }

                // The kernel queues a part before it hands over the one before, so an empty queue means that the end
                // was in a datagram cut short.
                if (ReceiveWithin(TimeSpan.Zero, out ReadOnlySpan<byte> datagram))
                {
                    foreach (NetlinkMessage message in new MessageReader(datagram))
                    {
                        NoteOther(in message);
                    }
                }
            }
            catch (NetlinkTransportException end) when (end.Reason == NetlinkTransportError.TimedOut && !silence.IsOver)
            {
                _openDump = 0;
            }
            catch (Exception error)
            {
                _broken = error;
                throw;
            }
        }
    }

    /// <summary>Handles a message that is not a reply to the current request.</summary>
    private void NoteOther(in NetlinkMessage message)
    {
        ThrowIfRepliesLost(in message);
        if (message.Sequence == _openDump && message.Type is (ushort)NLMSG.NLMSG_DONE or (ushort)NLMSG.NLMSG_ERROR)
        {
            _openDump = 0;
        }
    }
}
