using EgressNet.Attachments;
using EgressNet.Netlink.Inet;

namespace EgressNet.Records;

/// <summary>The attachments that use each gateway: a directory named after the address holds a symbolic link for each of
/// them, to its record. Many attachments may share one gateway.</summary>
/// <remarks>An owner's claims are changed under its lock only.</remarks>
internal sealed class GatewayClaims(RecordFiles files, string directory)
{
    private const char Separator = '+';

    /// <summary>Finds an attachment whose gateway an address is, without a look at all where one of the first will do.</summary>
    /// <returns>Null where there is none.</returns>
    public AttachmentId? FindOwner(InetAddress gateway, Func<AttachmentId, bool> matches) =>
        files.FindName(PathOf(gateway), name => OwnerOf(name) is { } owner && matches(owner)) is { } found
            ? OwnerOf(found)
            : null;

    /// <summary>A few of the attachments whose gateway an address is.</summary>
    public IEnumerable<AttachmentId> SomeOwners(InetAddress gateway) =>
        files.SomeNames(PathOf(gateway)).Select(OwnerOf).OfType<AttachmentId>();

    public bool Has(InetAddress gateway, AttachmentId owner) => files.LinkTarget(PathOf(gateway, owner)) is not null;

    /// <summary>The gateways that an attachment claims, for one without a readable record.</summary>
    public IEnumerable<InetAddress> Of(AttachmentId owner)
    {
        foreach (string name in files.Names(directory))
        {
            if (InetAddress.TryParse(name, out InetAddress gateway) && Has(gateway, owner))
            {
                yield return gateway;
            }
        }
    }

    public void Add(InetAddress gateway, AttachmentId owner) => files.TryLink(PathOf(gateway, owner),
        $"../../{owner.ContainerId}/{owner.Network}{Separator}{owner.InterfaceName}{RecordStore.Suffix}");

    public void Remove(InetAddress gateway, AttachmentId owner)
    {
        if (Has(gateway, owner))
        {
            files.Delete(PathOf(gateway, owner));
        }

        files.DeleteDirectory(PathOf(gateway));
    }

    public void DeleteIfEmpty() => files.DeleteDirectory(directory);

    private static AttachmentId? OwnerOf(string name) => AttachmentId.FromOwner(
        string.Join('/', name.Split(Separator, 3) is [string network, string container, string end]
            ? (string[])[network, container, end]
            : []));

    private string PathOf(InetAddress gateway) => $"{directory}/{gateway}";

    private string PathOf(InetAddress gateway, AttachmentId owner) =>
        $"{PathOf(gateway)}/{owner.Network}{Separator}{owner.ContainerId}{Separator}{owner.InterfaceName}";
}
