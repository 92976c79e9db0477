using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using static EgressNet.Netlink.Errno;

namespace EgressNet.Gateways;

/// <summary>Checks whether an address can become a gateway. A gateway becomes a local address of the node, which then no
/// longer forwards packets to another host of that address.</summary>
/// <param name="node">The node's links, addresses and routes.</param>
/// <param name="ownerOf">Whose an interface of the node is; null for one that is no host's end of a container.</param>
/// <param name="claimantOf">Which container has an address, whether or not it can be reached now; null for none.</param>
/// <param name="isShared">Whether an address is the gateway of containers already, as far as that is known at once.</param>
internal sealed class GatewayRules(
    NetlinkConnection node,
    Func<Link, string?> ownerOf,
    Func<InetAddress, string?> claimantOf,
    Func<InetAddress, bool> isShared)
{
    /// <summary>Validates a gateway on this node.</summary>
    /// <param name="address">The container's address with its prefix length.</param>
    /// <returns>Null for a good one. A link-local IPv6 address is one of each link by itself.</returns>
    public GatewayFault? Validate(InetPrefix address, InetAddress gateway)
    {
        if (gateway is { Family: AddressFamily.IPv6, IsLinkLocal: true })
        {
            return null;
        }

        if (IsEndOf(address, gateway))
        {
            return new GatewayFault($"It is the network or broadcast address of {address.Network}.");
        }

        if (claimantOf(gateway) is { } claimant)
        {
            return OfAnother(claimant);
        }

        if (isShared(gateway))
        {
            return null;
        }

        (Route? route, Link? link) = Lookup(gateway);
        return route switch
        {
            { Type: RouteType.Broadcast or RouteType.Anycast } =>
                new GatewayFault(
                    $"It is {(route.Type == RouteType.Broadcast ? "a broadcast" : "an anycast")} address of the node."),
            { Type: RouteType.Local } => ValidateLocal(link!, gateway),
            { Type: RouteType.Unicast, Destination.IsDefault: false } => ValidateRouted(route, link),
            _ => ValidateNextHop(gateway),
        };
    }

    /// <summary>Whether an address is the network or the broadcast address of a prefix. A /31 has neither (RFC 3021).</summary>
    internal static bool IsEndOf(InetPrefix address, InetAddress gateway) =>
        address is { Family: AddressFamily.IPv4, Length: < 31 }
        && (gateway == address.Network.Address || gateway == address.Address.Fill(address.Length));

    private static GatewayFault OfAnother(string owner) => new($"It is an address of {owner}.", owner);

    // The usual case: the gateway of other containers too.
    private GatewayFault? ValidateLocal(Link link, InetAddress gateway)
    {
        if (ownerOf(link) is not null)
        {
            return null;
        }

        InterfaceAddress? connected = node.Addresses.List(gateway.Family, link.Index)
            .FirstOrDefault(each => !each.Local.IsHost && each.Local.Contains(gateway));
        return connected is null ? null : new GatewayFault(
            $"It is in {connected.Local.Network}, the prefix of interface {link.Name}.");
    }

    private GatewayFault ValidateRouted(Route route, Link? link) =>
        (link is null ? null : ownerOf(link)) is { } owner ? OfAnother(owner)
            : link is not null && route.Gateway.IsNone
                ? new GatewayFault($"It is in {route.Destination}, which is on interface {link.Name}.")
                : new GatewayFault($"The node routes it elsewhere: {route.ToString(link?.Name)}.");

    // Routes in all tables: which of them a packet sees is decided by rules. What a nexthop object leads to, a route over
    // it does not always tell (net.ipv4.nexthop_compat_mode).
    private GatewayFault? ValidateNextHop(InetAddress gateway)
    {
        Route? via = node.Routes.List(new RouteFilter { Family = gateway.Family })
            .FirstOrDefault(route => route.Gateway == gateway
                || route.NextHops?.Any(hop => hop.Gateway == gateway) == true);
        return via is not null ? new GatewayFault($"It is the next hop of the node's route {TextOf(via)}.")
            : node.ListNextHopObjects().FirstOrDefault(each => each.Gateway == gateway) is { } hop
                ? new GatewayFault($"It is the gateway of the node's nexthop object {hop.Id}.")
                : null;
    }

    // A route goes with its link. Where that went after the question, the answer is another one by now.
    private (Route? Route, Link? Link) Lookup(InetAddress address)
    {
        try
        {
            Route route;
            Link? link;
            do
            {
                route = node.Routes.Lookup(address, asStored: true);
                link = node.Links.Find(route.InterfaceIndex);
            }
            while (link is null && route.InterfaceIndex != 0);

            return (route, link);
        }
        catch (NetlinkException none) when (none.Errno is ENETUNREACH or EHOSTUNREACH or EINVAL or EACCES)
        {
            return (null, null);
        }
    }

    private string TextOf(Route route) => route.ToString(node.Links.Find(route.InterfaceIndex)?.Name);
}
