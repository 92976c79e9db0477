using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;

namespace EgressNet.Veths;

/// <summary>Finds veth pairs between the caller's namespace and a container's.</summary>
/// <param name="host">A connection in the caller's namespace.</param>
internal sealed class VethFinder(NetlinkConnection host)
{
    /// <summary>Whether a host's end read earlier is still that interface. An index is used again after a reboot or a
    /// namespace's end, so address and kind must agree.</summary>
    /// <param name="host">A connection in the host's namespace.</param>
    /// <param name="end">The host's end as read.</param>
    /// <returns>False where it is gone or something else has its index.</returns>
    public static bool IsStillThere(NetlinkConnection host, Link end)
    {
        Link? current = host.Links.Find(end.Index);
        return current is not null && current.Kind == end.Kind && current.MacAddress == end.MacAddress;
    }

    /// <summary>The pairs with one end here and the other in a container's namespace.</summary>
    /// <param name="container">A connection in the container's namespace.</param>
    /// <returns>The pairs in the order of the names of the container's ends; none for the caller's own namespace.</returns>
    public IEnumerable<VethPair> Find(NetlinkConnection container)
    {
        using NetNamespaceHandle own = NamespaceReference.Current.Open();
        if (container.Links.NamespaceIdOf(own) is not { } hostId)
        {
            yield break;
        }

        foreach (Link end in container.Links.List("veth").OrderBy(end => end.Name, StringComparer.Ordinal))
        {
            // A number alone could be that of another pair: each end must point at the other.
            if (end.PeerNamespaceId == hostId
                && host.Links.Find(end.PeerIndex) is { Kind: "veth" } hostEnd
                && hostEnd.PeerIndex == end.Index)
            {
                yield return new VethPair(hostEnd, end);
            }
        }
    }
}
