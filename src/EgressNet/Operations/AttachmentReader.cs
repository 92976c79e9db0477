using EgressNet.Attachments;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Nodes;
using EgressNet.Records;

namespace EgressNet.Operations;

/// <summary>Finds the attachments of a node: by their records, and where these are lost by the aliases of interfaces and the
/// owners in the node's table.</summary>
public sealed class AttachmentReader(EgressKernel kernel)
{
    private readonly UndeclaredReader _undeclared = new(kernel);
    private NamespaceNumbers? _namespaces;

    /// <summary>Why the node's table could not be read in the last reading; null where it could. Attachments without a
    /// record then lack what only the table tells.</summary>
    public Exception? Unreadable => _undeclared.Unreadable;

    /// <summary>Reads attachments, in the order of their owners' tags.</summary>
    /// <param name="matches">Which ones; null for all.</param>
    /// <returns>The attachments.</returns>
    public IEnumerable<FoundAttachment> Read(Func<AttachmentId, bool>? matches = null)
    {
        IReadOnlyList<Link> links = kernel.Host.Links.List("veth");
        AttachmentOwnership ownership = new(kernel, new HostLinks(kernel, links));
        return Read(
            kernel.Records.List()
                .Concat(links.Select(link => AttachmentId.FromAlias(link.Alias)).OfType<AttachmentId>())
                .Concat(_undeclared.Owners),
            ownership,
            matches);
    }

    /// <summary>Reads the attachments of one container, which costs the same however many others there are, unless it has
    /// no record.</summary>
    /// <param name="matches">Which ones; null for all.</param>
    /// <returns>The attachments.</returns>
    public IEnumerable<FoundAttachment> Read(string containerId, Func<AttachmentId, bool>? matches = null)
    {
        AttachmentId[] recorded = [.. kernel.Records.List(containerId)];
        return recorded.Length > 0
            ? Read(recorded, new AttachmentOwnership(kernel), matches)
            : Read(id => id.ContainerId == containerId && (matches?.Invoke(id) ?? true));
    }

    private IEnumerable<FoundAttachment> Read(
        IEnumerable<AttachmentId> ids, AttachmentOwnership ownership, Func<AttachmentId, bool>? matches)
    {
        foreach (AttachmentId id in ids.Distinct().Where(id => matches?.Invoke(id) ?? true)
            .OrderBy(id => id.Owner, StringComparer.Ordinal))
        {
            AttachmentRecord? record = kernel.Records.Read(id);
            Link? host = ownership.FindHostEnd(id, record);
            NamespaceReference? ns = NamespaceOf(record, host);
            yield return new FoundAttachment(
                record is null ? _undeclared.Read(id, ns, host) : record.Attachment with { Namespace = ns }, host);
        }
    }

    // Its path may lead to another namespace by now, and the namespace be found elsewhere.
    private NamespaceReference? NamespaceOf(AttachmentRecord? record, Link? host) =>
        record?.Attachment.Namespace is { } ns && IsThere(ns)
            ? ns
            : host?.PeerNamespaceId is { } number
                ? (_namespaces ??= new NamespaceNumbers(kernel.Host)).Find(number)
                : null;

    private static bool IsThere(NamespaceReference ns)
    {
        try
        {
            ns.Open().Dispose();
            return true;
        }
        catch (NetNamespaceException gone) when (!gone.IsExhausted)
        {
            return false;
        }
    }
}
