using EgressNet.Attachments;
using EgressNet.Netlink.Files;

namespace EgressNet.Records;

/// <summary>The exclusive right of one operation to change an attachment.</summary>
internal sealed class AttachmentLock : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(50);
    private readonly RecordStore _records;
    private readonly AttachmentId _id;
    private readonly FileLock? _taken;
    private bool _isOver;

    internal AttachmentLock(RecordStore records, AttachmentId id, FileLock? taken) =>
        (_records, _id, _taken) = (records, id, taken);

    /// <summary>Acquires the lock, waiting for it.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>To be disposed at the end of the operation.</returns>
    /// <exception cref="AttachmentException">Another operation takes too long.</exception>
    /// <exception cref="RecordException">The lock cannot be made.</exception>
    public static AttachmentLock Take(RecordStore records, AttachmentId id, CancellationToken cancellationToken)
    {
        long deadline = Environment.TickCount64 + (long)s_timeout.TotalMilliseconds;
        for (TimeSpan pause = TimeSpan.FromMilliseconds(1); ; pause = Longer(pause))
        {
            if (records.TryLock(id) is { } taken)
            {
                return taken;
            }

            if (Environment.TickCount64 >= deadline)
            {
                throw new AttachmentException(
                    AttachmentError.Busy,
                    $"Another operation on {id} did not finish within {s_timeout.TotalSeconds:0} s.");
            }

            cancellationToken.WaitHandle.WaitOne(pause);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose()
    {
        if (!_isOver)
        {
            _isOver = true;
            _records.Unlock(_id, _taken);
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
}
