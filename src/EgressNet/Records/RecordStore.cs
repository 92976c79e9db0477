using EgressNet.Attachments;
using EgressNet.Netlink;
using EgressNet.Netlink.Files;
using EgressNet.Netlink.Namespaces;
using static EgressNet.Netlink.Errno;

namespace EgressNet.Records;

/// <summary>The records of one node's attachments: for each a file of its own below <c>/run/egressnet</c>, found by the
/// attachment's id without a look at the others. They go at a reboot, as what they tell of does.</summary>
internal sealed class RecordStore
{
    internal const string Suffix = ".json";
    private const string LockSuffix = ".lock";
    private const char Separator = '+';
    private readonly RecordFiles _files;
    private readonly string _node;

    /// <summary>Refers to a node's records; nothing is read yet.</summary>
    /// <param name="node">Which network namespace the node's is.</param>
    public RecordStore(NetNamespaceIdentity node) : this(node, new RecordFiles())
    {
    }

    internal RecordStore(NetNamespaceIdentity node, RecordFiles files, string root = Root)
    {
        _files = files;
        _node = node.Cookie is { } cookie ? $"{root}/net-{cookie}" : $"{root}/net-{node.Device}-{node.Inode}";
        Claims = new AddressClaims(files, $"{_node}/{Separator}addresses");
        Gateways = new GatewayClaims(files, $"{_node}/{Separator}gateways");
    }

    /// <summary>The directory of the records of all nodes.</summary>
    public const string Root = "/run/egressnet";

    /// <summary>The directory of the node's records.</summary>
    public string Folder => _node;

    /// <summary>The claims of addresses.</summary>
    internal AddressClaims Claims { get; }

    /// <summary>The claims of gateways.</summary>
    internal GatewayClaims Gateways { get; }

    /// <summary>The file of an attachment's record.</summary>
    public string PathOf(AttachmentId id) => $"{StemOf(id)}{Suffix}";

    /// <summary>Reads an attachment's record.</summary>
    /// <returns>The record; null where there is none, or a damaged one.</returns>
    /// <exception cref="RecordException">It may not be read.</exception>
    public AttachmentRecord? Read(AttachmentId id) =>
        ReadRaw(id) is { } content && RecordFormat.Read(content, id) is { } record
            ? record.IsEdited ? WithClaims(record) : record
            : null;

    /// <summary>Whether a record exists, damaged or not.</summary>
    /// <returns>True where there is.</returns>
    public bool Has(AttachmentId id) => _files.Exists(PathOf(id));

    /// <summary>The attachments that have a record.</summary>
    /// <returns>Their ids, in no order.</returns>
    public IEnumerable<AttachmentId> List() =>
        _files.Names(_node).Where(name => AttachmentId.Validate(name) is null).SelectMany(List);

    /// <summary>The attachments of one container that have a record.</summary>
    /// <returns>Their ids, in no order.</returns>
    public IEnumerable<AttachmentId> List(string containerId) =>
        AttachmentId.Validate(containerId) is null
            ? _files.Names($"{_node}/{containerId}")
                .Select(name => name.EndsWith(RecordFiles.TemporarySuffix, StringComparison.Ordinal)
                    ? name[..^RecordFiles.TemporarySuffix.Length]
                    : name)
                .Where(name => name.EndsWith(Suffix, StringComparison.Ordinal))
                .Distinct()
                .Select(name => name[..^Suffix.Length].Split(Separator, 2))
                .Where(parts => parts.Length == 2)
                .Select(parts => AttachmentId.FromOwner($"{parts[0]}/{containerId}/{parts[1]}"))
                .OfType<AttachmentId>()
            : [];

    /// <summary>Whether an operation on an attachment is running.</summary>
    /// <returns>True while one is.</returns>
    public bool IsLocked(AttachmentId id)
    {
        try
        {
            return FileLock.IsHeld(LockOf(id));
        }
        catch (IOException refused)
        {
            throw RecordException.OfLock(LockOf(id), refused);
        }
    }

    /// <summary>Acquires the lock of an attachment, unless another operation has it.</summary>
    /// <returns>To be disposed at the end; null while somebody else's operation is under way.</returns>
    /// <remarks>Where there is no file and none can be made, the file system being full or only to be read, the container's
    /// directory is locked; where there is none, nothing is, and nothing can be recorded either.</remarks>
    /// <exception cref="RecordException">The lock cannot be made.</exception>
    public AttachmentLock? TryLock(AttachmentId id)
    {
        string directory = $"{_node}/{id.ContainerId}";
        while (true)
        {
            try
            {
                _files.MakeDirectory(directory);
                return FileLock.TryTake(LockOf(id)) is { } taken ? new AttachmentLock(this, id, taken) : null;
            }
            catch (IOException unwritable) when (RecordException.IsUnwritableErrno((Errno)unwritable.HResult))
            {
                return TryLockDirectory(id, directory);
            }
            catch (RecordException unwritable) when (unwritable.IsUnwritable)
            {
                return TryLockDirectory(id, directory);
            }
            catch (IOException gone) when ((Errno)gone.HResult == ENOENT)
            {
                // Another operation of the same container has just deleted the empty directory, or is making it again.
            }
            catch (IOException refused)
            {
                throw RecordException.OfLock(LockOf(id), refused);
            }
        }
    }

    /// <summary>Deletes the node's directory once no record is left.</summary>
    public void DeleteIfEmpty()
    {
        Claims.DeleteIfEmpty();
        Gateways.DeleteIfEmpty();
        _files.DeleteDirectory(_node);
    }

    /// <summary>Deletes empty directories that a failed operation left.</summary>
    internal void Tidy()
    {
        try
        {
            DeleteIfEmpty();
        }
        catch (RecordException)
        {
            // An empty directory is nothing to fail for.
        }
    }

    internal byte[]? ReadRaw(AttachmentId id) => _files.Read(PathOf(id));

    internal void WriteRaw(AttachmentId id, byte[]? content)
    {
        if (content is null)
        {
            _files.Delete(PathOf(id));
        }
        else
        {
            _files.Write(PathOf(id), content);
        }
    }

    /// <summary>Releases a lock, and deletes its file when there is no record.</summary>
    internal void Unlock(AttachmentId id, FileLock? taken)
    {
        bool isRecorded = false;
        try
        {
            isRecorded = Has(id);
        }
        catch (RecordException)
        {
            // Another file is as good.
        }

        // The file stays with the record: to remove that is what frees a full file system, and two who met there while one
        // of them had to do without the file would not see each other. Who waits for one that is deleted takes the next.
        if (!isRecorded)
        {
            taken?.Delete();
        }

        taken?.Dispose();
        try
        {
            if (!isRecorded)
            {
                _files.DeleteDirectory($"{_node}/{id.ContainerId}");
            }
        }
        catch (RecordException)
        {
            // An empty directory is nothing to fail for.
        }
    }

    // What it had before somebody changed its record, its claims tell.
    private AttachmentRecord WithClaims(AttachmentRecord record)
    {
        AttachmentId id = record.Attachment.Id;
        return record with
        {
            Former = [.. record.Former.Union(Claims.Of(id)).Except(record.Attachment.Sources)],
            FormerGateways = [.. record.FormerGateways.Union(Gateways.Of(id)).Except(record.Attachment.ClaimedGateways)],
        };
    }

    private AttachmentLock? TryLockDirectory(AttachmentId id, string directory)
    {
        try
        {
            FileLock? taken = FileLock.TryTakeDirectory(directory, out bool isAbsent);
            return taken is null && !isAbsent ? null : new AttachmentLock(this, id, taken);
        }
        catch (IOException refused)
        {
            throw RecordException.OfLock(directory, refused);
        }
    }

    private string LockOf(AttachmentId id) => $"{StemOf(id)}{LockSuffix}";

    private string StemOf(AttachmentId id) => $"{_node}/{id.ContainerId}/{id.Network}{Separator}{id.InterfaceName}";
}
