using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Transport;

public sealed partial class NetlinkConnection
{
    private bool _streaming;

    internal DumpRetry NewDumpRetry() => new(_options.DumpTimeout, Cancellation);

    /// <summary>A whole dump, read again while the kernel says that it changed underneath.</summary>
    /// <param name="request">The question.</param>
    /// <param name="operation">Its name.</param>
    /// <param name="read">Decodes an entry.</param>
    /// <param name="key">What tells one entry from another, where readings that changed underneath may be put together:
    /// what was there throughout is then in the result, and of what came or went meanwhile some. Null where only one
    /// that did not change will do.</param>
    internal List<T> Dump<T>(
        ref NetlinkWriter request, NetlinkOperation operation, EntryReader<T> read, Func<T, object>? key = null)
    {
        byte[] message = request.Written.ToArray();
        DumpRetry retry = NewDumpRetry();
        InterruptedDump<T>? readings = null;
        List<T> entries;
        do
        {
            if (TryReadDump(message, operation, read, out entries))
            {
                return entries;
            }

            if (key is not null)
            {
                (readings ??= new InterruptedDump<T>(key)).Add(entries);
                if (readings.IsSettled)
                {
                    return readings.Merge();
                }
            }
        }
        while (retry.TryAgain());

        throw new NetlinkDumpInterruptedException<T>(operation, retry.Attempts, readings?.Merge() ?? entries);
    }

    /// <summary>A dump of what the kernel never marks as interrupted. It counts its place by entries, so one that goes
    /// meanwhile lets it pass over another. What came in several parts is read twice, and put together by key.</summary>
    internal List<T> DumpUnmarked<T>(
        ref NetlinkWriter request, NetlinkOperation operation, EntryReader<T> read, Func<T, object> key)
    {
        byte[] message = request.Written.ToArray();
        TryReadDump(message, operation, read, out List<T> entries, out bool isWhole);
        if (isWhole)
        {
            return entries;
        }

        InterruptedDump<T> readings = new(key);
        readings.Add(entries);
        TryReadDump(message, operation, read, out entries);
        readings.Add(entries);
        return readings.Merge();
    }

    /// <summary>A dump read once, whether or not it changed underneath.</summary>
    internal List<T> DumpOnce<T>(ref NetlinkWriter request, NetlinkOperation operation, EntryReader<T> read)
    {
        TryReadDump(request.Written.ToArray(), operation, read, out List<T> entries);
        return entries;
    }

    /// <summary>Whether a dump has any entry. The rest of the dump is drained before the next request.</summary>
    internal bool DumpsAny<T>(ref NetlinkWriter request, NetlinkOperation operation, EntryReader<T> read)
    {
        byte[] message = request.Written.ToArray();
        DumpRetry retry = NewDumpRetry();
        List<T> entries = [];
        do
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
        while (retry.TryAgain());

        throw new NetlinkDumpInterruptedException<T>(operation, retry.Attempts, entries);
    }

    /// <summary>A dump returned as it is read. Until the enumeration ends, the connection takes no other request.</summary>
    internal IEnumerable<T> Stream<T>(ref NetlinkWriter request, NetlinkOperation operation, EntryReader<T> read) =>
        Stream(request.Written.ToArray(), operation, read);

    private IEnumerable<T> Stream<T>(byte[] message, NetlinkOperation operation, EntryReader<T> read)
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

    /// <returns>False where the kernel says that it changed underneath.</returns>
    private bool TryReadDump<T>(byte[] message, NetlinkOperation operation, EntryReader<T> read, out List<T> entries) =>
        TryReadDump(message, operation, read, out entries, out _);

    private bool TryReadDump<T>(
        byte[] message, NetlinkOperation operation, EntryReader<T> read, out List<T> entries, out bool isWhole)
    {
        entries = [];
        int parts = 0;
        bool interrupted = false;
        uint sequence = StartDump(message);
        DumpProgress progress;
        do
        {
            int before = entries.Count;
            progress = ReadDump(sequence, message, operation, read, entries, ref interrupted);
            parts += entries.Count > before ? 1 : 0;
            if (progress == DumpProgress.Restart)
            {
                entries.Clear();
                parts = 0;
                interrupted = false;
                sequence = StartDump(message);
            }
        }
        while (progress != DumpProgress.Done);

        isWhole = parts <= 1;
        return !interrupted;
    }
}
