using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;
using EgressNet.Records;

namespace EgressNet.Operations;

/// <summary>What is left of one attachment during its removal, under its lock.</summary>
internal sealed class Remains
{
    private readonly List<Exception> _faults = [];

    /// <exception cref="NetNamespaceException">Changed: one of the same id is in another namespace by now.</exception>
    public Remains(Attachment attachment, RecordStore records)
    {
        Attachment = attachment;
        WasThere = records.Has(attachment.Id);
        Record = records.Read(attachment.Id);
        if (Record?.Namespace is { } present)
        {
            attachment.Namespace?.ThrowIfChanged(present);
        }

        Group = Record is { HostIndex: { } index, Attachment: { MetadataAddresses.Count: > 0, Isolation: var isolation } }
            ? EgressGroup.Placed(EgressGroup.OfOne(isolation), index)
            : 0;
    }

    public Attachment Attachment { get; }

    public AttachmentId Id => Attachment.Id;

    /// <summary>Its record; null where it is lost.</summary>
    public AttachmentRecord? Record { get; }

    /// <summary>Its record, or what the caller knows of the attachment.</summary>
    public AttachmentRecord Known => Record ?? new AttachmentRecord { Attachment = Attachment };

    /// <summary>The group of the host's end, where it is the attachment's own; 0 where it is not, or is not known.</summary>
    public uint Group { get; set; }

    /// <summary>All addresses that it may have, current or former.</summary>
    public IReadOnlyList<InetAddress> Addresses { get; set; } = [];

    public bool WasThere { get; set; }

    /// <summary>Whether its interfaces are deleted.</summary>
    public bool IsUnlinked { get; set; }

    public bool HasFaults => _faults.Count > 0;

    /// <summary>A warning about an object of another program in the place of one of its own.</summary>
    public string? Warning { get; set; }

    public RemovalResult Result => new(
        Attachment, WasThere, _faults is [] ? null : new AttachmentRemovalException(Id, _faults), Warning);

    /// <summary>Whether a fault keeps a part of an attachment, and no other part. The last ones are not expected: even
    /// then the others go. What a caller's report throws, such as a stopped pipeline, is none.</summary>
    public static bool IsOfAPart(Exception fault) => fault is NetlinkException or NfTransactionException or AttachmentException
        or NetlinkTransportException or RecordException or EgressTableBusyException
        or NetNamespaceException or NetlinkFormatException or IOException or UnauthorizedAccessException
        or InvalidOperationException or ArgumentException;

    public void Note(Exception fault)
    {
        _faults.Add(fault);
        WasThere = true;
    }

    /// <summary>Removes a part, and records its error.</summary>
    public void Attempt(Action part)
    {
        try
        {
            part();
        }
        catch (Exception fault) when (IsOfAPart(fault))
        {
            Note(fault);
        }
    }
}
