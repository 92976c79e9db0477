using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;

namespace EgressNet.Changes;

/// <summary>Remembers the addresses and routes of a link. As it goes down the kernel deletes its routes and its IPv6
/// addresses, and as it comes up the kernel makes the connected routes of its addresses, also one that somebody had
/// deleted.</summary>
/// <param name="connect">A connection in its namespace.</param>
internal sealed class KeepLink(Func<NetlinkConnection> connect, Link link) : Change
{
    private InterfaceAddress[] _addresses = [];
    private Route[] _routes = [];

    public override string Text => $"keep the addresses and routes of link {link.Name}";

    public override string Trace => $"missing addresses and routes of link {link.Name}";

    public override bool IsToldInParts => true;

    public override void Apply() => (_addresses, _routes) = ([.. ReadAddresses()], [.. ReadRoutes()]);

    public override void Undo()
    {
        foreach (Change change in PutBack())
        {
            change.Apply();
        }
    }

    /// <summary>What brings all back, each to be made before the next is asked for.</summary>
    public IEnumerable<Change> PutBack()
    {
        HashSet<InetPrefix> addresses = [.. ReadAddresses().Select(address => address.Local)];
        foreach (InterfaceAddress address in _addresses.Where(each => IsMade(each) && !addresses.Contains(each.Local)))
        {
            yield return new AddAddress(connect, address, $"dev {link.Name}");
        }

        HashSet<Route> routes = [.. ReadRoutes()];
        foreach (Route route in routes.Except(_routes).Where(route => !IsMade(route) && route.Type == RouteType.Unicast))
        {
            yield return new DeleteRoute(connect, route);
        }

        foreach (Route route in _routes.Where(each => IsMade(each) && !routes.Contains(each))
            .OrderByDescending(each => each.Scope).ThenBy(each => !each.Gateway.IsNone || each.NextHops is not null))
        {
            // The other hops of an IPv6 route are still there.
            bool hasRest = route is { Family: AddressFamily.IPv6, NextHops: not null };
            yield return new AddRoute(connect, route, change: hasRest ? RouteChange.Replace : RouteChange.Append);
        }
    }

    private static bool IsMade(InterfaceAddress address) =>
        address.Flags.HasFlag(AddressFlags.Permanent) && address.Protocol is 0 or > InterfaceAddress.LastProtocolOfKernel;

    private static bool IsMade(Route route) => route.Protocol is not (RouteProtocol.Kernel or RouteProtocol.Ra);

    private IEnumerable<InterfaceAddress> ReadAddresses() => connect().Addresses.List(AddressFamily.IPv6, link.Index);

    // Flags tell of the moment.
    private IEnumerable<Route> ReadRoutes() => connect().Routes.List(new RouteFilter { InterfaceIndex = link.Index })
        .Select(route => route with { Flags = route.Flags & RouteFlags.OnLink });
}
