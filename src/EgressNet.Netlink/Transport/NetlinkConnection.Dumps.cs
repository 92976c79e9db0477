using System.Diagnostics;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Transport;

public sealed partial class NetlinkConnection
{
    private bool _streaming;

    // The dump whose end has not been read, 0 for none.
    private uint _openDump;

    internal int DumpAttempts => _options.DumpAttempts;

    private enum DumpProgress
    {
        More,
        Done,
        Restart,
    }

    /// <summary>A whole dump, read again while the kernel says that it changed underneath.</summary>
    internal List<T> Dump<T>(ref NetlinkWriter request, string operation, EntryReader<T> read)
    {
        byte[] message = request.Written.ToArray();
        List<T> entries = [];
        for (int attempt = 0; attempt < _options.DumpAttempts; attempt++)
        {
            entries.Clear();
            bool interrupted = false;
            uint sequence = StartDump(message);
            DumpProgress progress;
            while ((progress = ReadDump(sequence, message, operation, read, entries, ref interrupted)) != DumpProgress.Done)
            {
                if (progress == DumpProgress.Restart)
                {
                    entries.Clear();
                    interrupted = false;
                    sequence = StartDump(message);
                }
            }

            if (!interrupted)
            {
                return entries;
            }
        }

        throw new NetlinkDumpInterruptedException<T>(operation, _options.DumpAttempts, entries);
    }

    /// <summary>Whether a dump has any entry. What is behind the first part with one is left to be drained.</summary>
    internal bool DumpsAny<T>(ref NetlinkWriter request, string operation, EntryReader<T> read)
    {
        byte[] message = request.Written.ToArray();
        List<T> entries = [];
        for (int attempt = 0; attempt < _options.DumpAttempts; attempt++)
        {
            bool interrupted = false;
            uint sequence = StartDump(message);
            DumpProgress progress = DumpProgress.More;
            while (progress != DumpProgress.Done && entries.Count == 0)
            {
                if (progress == DumpProgress.Restart)
                {
                    interrupted = false;
                    sequence = StartDump(message);
                }

                progress = ReadDump(sequence, message, operation, read, entries, ref interrupted);
            }

            if (entries.Count > 0 || !interrupted)
            {
                return entries.Count > 0;
            }
        }

        throw new NetlinkDumpInterruptedException<T>(operation, _options.DumpAttempts, entries);
    }

    /// <summary>A dump handed on as it is read. Until the enumeration ends, the connection takes no other
    /// request.</summary>
    internal IEnumerable<T> Stream<T>(ref NetlinkWriter request, string operation, EntryReader<T> read) =>
        Stream(request.Written.ToArray(), operation, read);

    private IEnumerable<T> Stream<T>(byte[] message, string operation, EntryReader<T> read)
    {
        EnsureUsable();
        List<T> entries = [];
        bool interrupted = false;
        bool handedOn = false;
        uint sequence = StartDump(message);
        DumpProgress progress = DumpProgress.More;
        _streaming = true;
        try
        {
            while (progress != DumpProgress.Done)
            {
                entries.Clear();
                progress = ReadDump(sequence, message, operation, read, entries, ref interrupted);
                if (handedOn && progress == DumpProgress.Restart)
                {
                    throw new NetlinkTransportException(
                        NetlinkTransportError.Truncated, $"{operation}: a datagram was longer than the receive buffer.");
                }

                if (progress == DumpProgress.Restart)
                {
                    interrupted = false;
                    sequence = StartDump(message);
                    continue;
                }

                foreach (T entry in entries)
                {
                    handedOn = true;
                    yield return entry;
                }
            }
        }
        finally
        {
            _streaming = false;
        }

        if (interrupted)
        {
            throw new NetlinkTransportException(
                NetlinkTransportError.DumpInterrupted, $"{operation}: the kernel's state changed while it was read.");
        }
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
        string operation,
        EntryReader<T> read,
        List<T> entries,
        ref bool interrupted)
    {
        // A socket with a datagram ready does not wait, and so does not look.
        Cancellation.ThrowIfCancellationRequested();
        long started = Stopwatch.GetTimestamp();
        bool any = false;
        while (!any)
        {
            if (!Receive(started, out ReadOnlySpan<byte> datagram))
            {
                return DumpProgress.Restart;
            }

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

    private void DrainOpenDump()
    {
        long started = Stopwatch.GetTimestamp();
        while (_openDump != 0)
        {
            try
            {
                ThrowIfLate(started);

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
            catch (NetlinkTransportException end) when (end.Reason == NetlinkTransportError.TimedOut && !IsLate(started))
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

    /// <summary>A message that answers nothing asked now.</summary>
    private void NoteOther(in NetlinkMessage message)
    {
        ThrowIfRepliesLost(in message);
        if (message.Sequence == _openDump && message.Type is (ushort)NLMSG.NLMSG_DONE or (ushort)NLMSG.NLMSG_ERROR)
        {
            _openDump = 0;
        }
    }
}
