using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using static EgressNet.Netlink.Errno;

namespace EgressNet.Plans;

/// <summary>The node's route to an address of the container. An existing route to it means that the address is in use.</summary>
/// <param name="End">The host's end.</param>
/// <param name="Route">The route, its interface left open.</param>
/// <param name="Id">Whose address it is.</param>
internal sealed record HostRouteStep(EgressEnd End, Route Route, AttachmentId Id) : RouteStep(End, Route)
{
    internal override void Check(StepContext context)
    {
        Route? present = Lookup(context);
        if (present?.Destination == Route.Destination)
        {
            ThrowIfUsed(context, present);
        }
        else if (present is { Type: RouteType.Unicast, Destination.IsDefault: false, Gateway.IsNone: true })
        {
            ThrowIfNextHop(context, present.InterfaceIndex);
        }
    }

    internal override void Apply(StepContext context)
    {
        try
        {
            base.Apply(context);
        }
        catch (NetlinkException taken) when (taken.IsAlreadyThere)
        {
            // Whatever else has that alias, it is not the pair that was just made.
            int own = context.IndexOf(Side);
            if (Likes(context).FirstOrDefault(route => route.InterfaceIndex != own) is { } present)
            {
                ThrowIfUsed(context, present, isOwn: false);
            }

            // It went with its interface.
            base.Apply(context);
        }
    }

    // One question tells of a route that is right. Where it is not, ours may be hidden by another.
    private protected override Route? Present(StepContext context, Link end)
    {
        Route? present = Lookup(context) is { } any && any.Destination == Route.Destination ? any : null;
        return present is not null && Serves(present, end) ? present : base.Present(context, end) ?? present;
    }

    // The node's own address, and an IPv6 route of a smaller metric, leave ours without a packet although it can be added.
    private Route? Lookup(StepContext context)
    {
        try
        {
            return context.Kernel.Host.Routes.Lookup(Route.Destination.Address, asStored: true);
        }
        catch (NetlinkException none) when (none.Errno == ENETUNREACH)
        {
            return null;
        }
        catch (NetlinkException nowhere) when (nowhere.Errno is EHOSTUNREACH or EINVAL or EACCES)
        {
            // A blackhole or the like, if perhaps a wider one.
            return Likes(context).FirstOrDefault();
        }
    }

    // A container of the node's own network may have any address of it but the router's: what the node asks of that would
    // go to the container.
    private void ThrowIfNextHop(StepContext context, int interfaceIndex)
    {
        InetAddress address = Route.Destination.Address;
        Route? via = context.Kernel.Host.Routes
            .List(new RouteFilter { Family = address.Family, InterfaceIndex = interfaceIndex })
            .FirstOrDefault(route => route.Gateway == address || route.NextHops?.Any(hop => hop.Gateway == address) == true);
        if (via is not null)
        {
            string? link = context.Kernel.Host.Links.Find(via.InterfaceIndex)?.Name;
            throw new AddressInUseException(
                address, $"Address {address} is the next hop of the node's route {via.ToString(link)}.");
        }
    }

    private void ThrowIfUsed(StepContext context, Route present, bool isOwn = true)
    {
        InetAddress address = Route.Destination.Address;
        if (present.Type == RouteType.Local)
        {
            if (context.Kernel.Host.Links.Find(present.InterfaceIndex) is { } link)
            {
                throw new AddressInUseException(
                    address, $"Address {address} is the node's own, on interface {link.Name}.");
            }
        }
        else if (context.Ownership.UserOf(present, isOwn ? Id : null) is { } user)
        {
            throw new AddressInUseException(address, $"Address {address} is routed to {user}.");
        }
    }
}
