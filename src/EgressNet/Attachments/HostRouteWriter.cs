using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Plans;

namespace EgressNet.Attachments;

/// <summary>Adds the node's routes to a container's addresses, where nobody who is still there has them.</summary>
internal sealed class HostRouteWriter(EgressKernel kernel, HostOwnership ownership, EgressStepWriter writer)
{
    private const int EACCES = 13, EINVAL = 22, ENETUNREACH = 101, EHOSTUNREACH = 113;
    private const uint IPv6Metric = 1024;

    public void Add(RouteStep step)
    {
        DeleteStaleBefore(step);
        try
        {
            writer.AddRoute(step);
        }
        catch (NetlinkException taken) when (taken.IsAlreadyThere)
        {
            if (Find(step) is not { } present)
            {
                throw;
            }

            ThrowIfUsed(present);
            writer.ReplaceRoute(
                step.Side, present, step.Route with { InterfaceIndex = writer.IndexOf(step.Side) }, step.Text);
        }
    }

    // The node's own address, and an IPv6 route of a smaller metric, leave ours without a packet although it can be added.
    private void DeleteStaleBefore(RouteStep step)
    {
        while (Preferred(step) is { } present)
        {
            if (present.Type == RouteType.Local)
            {
                throw new AddressInUseException(
                    present.Destination.Address,
                    $"Address {present.Destination.Address} is the node's own, on interface "
                    + $"{kernel.Host.Links.Get(present.InterfaceIndex).Name}.");
            }

            ThrowIfUsed(present);
            writer.DeleteRoute(step.Side, present);
        }
    }

    private Route? Preferred(RouteStep step)
    {
        try
        {
            Route present = kernel.Host.Routes.Lookup(step.Route.Destination.Address, asStored: true);
            return present.Destination == step.Route.Destination
                && (present.Type == RouteType.Local
                    || (present is { Family: AddressFamily.IPv6, Table: RouteTable.Main, Metric: < IPv6Metric }))
                    ? present
                    : null;
        }
        catch (NetlinkException none) when (none.Errno is ENETUNREACH or EHOSTUNREACH or EINVAL or EACCES)
        {
            // No way there, or a blackhole or the like.
            return null;
        }
    }

    private Route? Find(RouteStep step) => kernel.Host.Routes
        .List(new RouteFilter { Family = step.Route.Family, Table = RouteTable.Main })
        .FirstOrDefault(route => route.Destination == step.Route.Destination
            && route.Metric == (route.Family == AddressFamily.IPv6 ? IPv6Metric : 0));

    private void ThrowIfUsed(Route present)
    {
        if (ownership.UserOf(present) is { } user)
        {
            throw new AddressInUseException(
                present.Destination.Address, $"Address {present.Destination.Address} is routed to {user}.");
        }
    }
}
