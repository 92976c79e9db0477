using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Nat;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.Records;

namespace EgressNet.Nodes;

/// <summary>Determines which attachment owns an interface or an address of the node. An owner is live as long as its host end
/// exists, or an operation on it is running.</summary>
internal sealed class AttachmentOwnership(EgressKernel kernel)
{
    private const int GatewayUsersAsked = 4;
    private readonly HostLinks _links = new(kernel);

    internal AttachmentOwnership(EgressKernel kernel, HostLinks links) : this(kernel) => _links = links;

    /// <summary>Finds the host's end of an attachment.</summary>
    /// <param name="record">Its record; null where there is none.</param>
    /// <returns>The veth end that carries its alias; else one without any that has the address, or index and name, of its
    /// record, or the usual name where the record is damaged; or null.</returns>
    public Link? FindHostEnd(AttachmentId id, AttachmentRecord? record)
    {
        if (record?.HostIndex is { } index && _links.ByIndex(index) is { } known && IsOwn(known, id, record))
        {
            return known;
        }

        string[] names = [record?.Attachment.HostInterface ?? id.HostInterface, id.HostInterface, id.AlternativeName];
        foreach (string name in names.Distinct())
        {
            if (_links.ByName(name) is { } named && IsOwn(named, id, record))
            {
                return named;
            }
        }

        // Whose index is known cannot be there under another one. Without a record it is most often one that is to be
        // made: a look at all links would make each dearer than the one before.
        return record?.HostIndex is null && (record is not null || _links.AreListed || kernel.Records.Has(id))
            ? _links.ByAlias(id.Alias)
            : null;
    }

    /// <summary>Finds the host's end of an attachment.</summary>
    /// <returns>The end, or null.</returns>
    public Link? FindHostEnd(AttachmentId id) => FindHostEnd(id, kernel.Records.Read(id));

    /// <summary>Whether an attachment is live.</summary>
    /// <returns>True also while an operation on it is under way.</returns>
    public bool IsLive(AttachmentId id) => FindHostEnd(id) is not null || kernel.Records.IsLocked(id);

    /// <summary>Whether the owner of an entry is live.</summary>
    /// <returns>True also for an owner that is no attachment, since nobody can tell.</returns>
    public bool IsLive(NatEntry entry) => AttachmentId.FromOwner(Named(entry).Owner) is not { } id || IsLive(id);

    /// <summary>Completes an entry whose owner the table does not tell by its tag: records know whose digest it is, or
    /// who has the address.</summary>
    /// <returns>The entry with its owner's tag; as it is where nobody knows.</returns>
    public NatEntry Named(NatEntry entry)
    {
        AttachmentId? id = entry.Owner.Contains('/') ? null
            : entry.Owner.Length == 0 ? kernel.Records.Claims.OwnerOf(entry.Source)
            : kernel.Records.List().FirstOrDefault(each => NatEntry.DigestOf(each.Owner) == entry.Owner);
        return id is null ? entry : entry with { Owner = id.Owner };
    }

    /// <summary>Throws for an address that another attachment on the node has.</summary>
    /// <exception cref="AddressInUseException">Another attachment has it.</exception>
    public void ThrowIfClaimed(InetAddress address, AttachmentId owner)
    {
        if (ClaimantOf(address) is { } other && other != owner)
        {
            throw InUse(address, other);
        }
    }

    /// <summary>The attachment that claims an address; null for none.</summary>
    /// <returns>An attachment that is there; null for nobody's.</returns>
    public AttachmentId? ClaimantOf(InetAddress address) =>
        kernel.Records.Claims.OwnerOf(address) is { } owner && IsLive(owner) ? owner : null;

    /// <summary>Throws for an address that is a gateway of another attachment on the node.</summary>
    /// <exception cref="AddressInUseException">Another attachment has it for its gateway.</exception>
    public void ThrowIfGateway(InetAddress address, AttachmentId owner)
    {
        if (GatewayUserOf(address, owner) is { } other)
        {
            throw OfGateway(address, other);
        }
    }

    /// <summary>Another live attachment whose gateway an address is; null for none.</summary>
    internal AttachmentId? GatewayUserOf(InetAddress address, AttachmentId owner) =>
        kernel.Records.Gateways.FindOwner(address, other => other != owner && IsLive(other));

    /// <summary>Whether one of a few other attachments that have an address for their gateway has it on its host end. The
    /// kernel's own answer takes longer with each end that has it.</summary>
    /// <returns>False also where these do not tell.</returns>
    internal bool IsGatewayOfOthers(InetAddress gateway, AttachmentId id) => kernel.Records.Gateways.SomeOwners(gateway)
        .Where(owner => owner != id).Take(GatewayUsersAsked).Any(owner => IsOnEnd(gateway, owner));

    internal static AddressInUseException OfGateway(InetAddress address, AttachmentId owner) =>
        new(address, $"Address {address} is the gateway of {owner} on this node.");

    /// <summary>Whether an address is part of what an attachment's record declares.</summary>
    /// <returns>False for an attachment without record.</returns>
    public bool IsDeclared(InetAddress address, AttachmentId id) =>
        kernel.Records.Claims.OwnerOf(address) == id && kernel.Records.Has(id);

    /// <summary>The name of the attachment or interface that uses a route of the node; null for none.</summary>
    /// <param name="route">A route to one address.</param>
    /// <param name="owner">Whose it may be; null for nobody's.</param>
    /// <returns>Its interface and what that belongs to; null where it is the owner's, and where it went with its
    /// interface since it was read.</returns>
    public string? UserOf(Route route, AttachmentId? owner)
    {
        if (route.InterfaceIndex == 0)
        {
            return $"the route '{route}'";
        }

        if (_links.ByIndex(route.InterfaceIndex) is not { } link)
        {
            return null;
        }

        AttachmentId? named = AttachmentId.FromAlias(link.Alias);
        return owner is not null && (named == owner || FindHostEnd(owner)?.Index == link.Index) ? null
            : named is not null ? $"interface {link.Name} of {named}"
            : $"interface {link.Name}, "
                + (link.Alias is null ? $"which is a {link.Kind ?? "device"} of somebody else's" : $"'{link.Alias}'");
    }

    internal static AddressInUseException InUse(InetAddress address, AttachmentId owner) =>
        new(address, $"Address {address} belongs to {owner} on this node.");

    private bool IsOnEnd(InetAddress gateway, AttachmentId owner) =>
        _links.ByName(owner.AlternativeName) is { Kind: "veth" } end && end.Alias == owner.Alias
        && kernel.Host.Addresses.List(gateway.Family, end.Index).Any(each => each.Local == InetPrefix.Host(gateway));

    private bool IsOwn(Link link, AttachmentId id, AttachmentRecord? record) =>
        link.Kind == "veth" && (link.Alias == id.Alias
            || (link.Alias is null or "" ? IsRecorded(link, id, record) : IsRelabelled(link, record)));

    // An alias is anybody's to set. One of another attachment says whose a pair is, unless both ends are those of the
    // record; any other text does not.
    private static bool IsRelabelled(Link link, AttachmentRecord? record) =>
        record is not null && link.Index == record.HostIndex && link.MacAddress == record.Attachment.HostMacAddress
        && (AttachmentId.FromAlias(link.Alias) is null || HasRecordedPeer(link, record));

    // Anybody can give a pair that name: it tells something only where a damaged record is all there is.
    private bool IsRecorded(Link link, AttachmentId id, AttachmentRecord? record) => record is null
        ? link.Name == id.HostInterface && kernel.Records.Has(id)
        : link.MacAddress == record.Attachment.HostMacAddress
            || (link.Index == record.HostIndex && link.Name == record.Attachment.HostInterface
                && HasRecordedPeer(link, record));

    // Index and name are given anew to others' pairs.
    private static bool HasRecordedPeer(Link link, AttachmentRecord record) =>
        link.PeerIndex == record.ContainerIndex && link.PeerNamespaceId == record.NamespaceNumber;
}
