using EgressNet.Nat;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Plans;

namespace EgressNet.Attachments;

/// <summary>Whose something on the node is, and whether they still use it.</summary>
/// <param name="kernel">The node.</param>
public sealed class HostOwnership(EgressKernel kernel)
{
    private const int EPERM = 1, EINVAL = 22;

    /// <summary>Finds the host's interface of an attachment.</summary>
    /// <param name="id">The attachment.</param>
    /// <param name="hostInterface">Its name as far as known; null for the usual one.</param>
    /// <returns>The interface that carries the attachment's alias, else one of its usual name without any: what was
    /// broken off before it got one; or null.</returns>
    public Link? FindInterface(AttachmentId id, string? hostInterface = null)
    {
        Link? usual = kernel.Host.Links.Find(hostInterface ?? id.HostInterface);
        return usual?.Alias == id.Alias
            ? usual
            : kernel.Host.Links.List("veth").OrderByDescending(link => link.Alias == id.Alias).FirstOrDefault(
                link => link.Alias == id.Alias || (link.Alias is null or "" && link.Name == id.HostInterface));
    }

    /// <summary>Whether the owner of an entry still has the address.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>True also for an owner that is no attachment, since nobody can tell.</returns>
    public bool IsLive(NatEntry entry) =>
        AttachmentId.FromOwner(entry.Owner) is not { } id
        || (FindInterface(id) is { } link && HasAddress(link, entry.Source));

    /// <summary>Says who uses a route of the node.</summary>
    /// <param name="route">A route to one address.</param>
    /// <returns>Its interface and what that belongs to; null where it is an attachment's that is gone or has lost the
    /// address.</returns>
    public string? UserOf(Route route)
    {
        if (route.InterfaceIndex == 0)
        {
            return $"the route '{route}'";
        }

        Link link;
        try
        {
            link = kernel.Host.Links.Get(route.InterfaceIndex);
        }
        catch (NetlinkException absent) when (absent.IsAbsent)
        {
            return null;
        }

        AttachmentId? id = AttachmentId.FromAlias(link.Alias);
        return id switch
        {
            null => $"interface {link.Name}, "
                + (link.Alias is null ? $"which is a {link.Kind ?? "device"} of somebody else's" : $"'{link.Alias}'"),
            _ when !HasAddress(link, route.Destination.Address) => null,
            _ => $"interface {link.Name} of {id}",
        };
    }

    /// <summary>Says what is allowed of a translation and yet perhaps not meant.</summary>
    /// <param name="nat">The translation; null for none.</param>
    /// <returns>A sentence for a node address that the node does not have; else null.</returns>
    public string? DoubtOf(SourceNat? nat) => nat is { IsMasquerade: false } && !IsLocal(nat.NodeAddress)
        ? $"NatAddress '{nat.NodeAddress}' is not an address of this node: no reply will come back."
        : null;

    private bool IsLocal(InetAddress address)
    {
        try
        {
            return kernel.Host.Routes.Lookup(address).Type == RouteType.Local;
        }
        catch (NetlinkException)
        {
            return false;
        }
    }

    // A number that no namespace has any more is EINVAL. What may not be looked at may well be in use.
    private bool HasAddress(Link link, InetAddress address)
    {
        try
        {
            return (link.PeerNamespaceId is { } id
                    ? kernel.Host.Addresses.ListIn(id, link.PeerIndex, address.Family)
                    : kernel.Host.Addresses.List(address.Family, link.PeerIndex))
                .Any(found => found.Local.Address == address);
        }
        catch (NetlinkException unknown) when (unknown.Errno == EINVAL)
        {
            return false;
        }
        catch (NetlinkException kept) when (kept.Errno == EPERM)
        {
            return true;
        }
    }
}
