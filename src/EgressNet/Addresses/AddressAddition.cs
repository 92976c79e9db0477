using EgressNet.Changes;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using static EgressNet.Netlink.Errno;

namespace EgressNet.Addresses;

/// <summary>Puts addresses on interfaces and returns when they can be used.</summary>
/// <param name="conversation">One with the interfaces' namespace.</param>
/// <param name="report">Called with the text of each change just before it is made; may be null.</param>
/// <param name="cancellationToken">Ends the work between two changes, and the wait for duplicate address detection; what
/// was done is then undone.</param>
internal sealed class AddressAddition(
    Conversation conversation, Action<string>? report = null, CancellationToken cancellationToken = default)
{
    /// <summary>Adds one address, and the default route where asked for.</summary>
    /// <param name="request">What to add.</param>
    /// <returns>The address as the kernel has it.</returns>
    /// <exception cref="NetlinkException">The kernel refused, EEXIST where the address or the default route is
    /// there already; nothing is left.</exception>
    /// <exception cref="AddressUnusableException">It is a duplicate, or detection took too long; nothing is left.</exception>
    /// <exception cref="UndoFailedException">One of these, and something is left, as told.</exception>
    public InterfaceAddress Add(AddressRequest request)
    {
        using NetlinkConnection.CancellationHold hold = conversation.Connection.HoldCancellation();
        return ChangeSet.Run(report, changes => Add(request, changes), cancellationToken);
    }

    /// <summary>Throws for an address that <see cref="Add(AddressRequest)"/> would find in use; nothing is changed.</summary>
    /// <param name="request">What is to be added.</param>
    /// <exception cref="NetlinkException">EEXIST: the address or the default route is there.</exception>
    public void ThrowIfTaken(AddressRequest request)
    {
        InterfaceAddress address = request.Address;
        if (!request.Replace && conversation.Connection.Addresses.List(address.Family, address.InterfaceIndex)
            .Any(found => IsSame(found, address)))
        {
            throw new NetlinkException(new("add", NetlinkObject.Address), EEXIST)
                .Within($"add address {address.Local} dev {request.InterfaceName}");
        }

        ThrowIfRouted(request);
    }

    private InterfaceAddress Add(AddressRequest request, ChangeSet changes)
    {
        InterfaceAddress address = request.Address;
        ThrowIfRouted(request);
        string where = $"dev {request.InterfaceName}";
        NetlinkConnection Connect() => conversation.Connection;
        IReadOnlyList<InterfaceAddress> all =
            request.Replace ? conversation.Connection.Addresses.List(address.Family, address.InterfaceIndex) : [];
        InterfaceAddress? old = all.FirstOrDefault(found => IsSame(found, address));
        if (old is null || !IsAsAsked(old, address))
        {
            // The kernel would delete the secondary ones with it, and they would come back in no order.
            InterfaceAddress[] along = old is null ? [] : [.. SecondaryAddresses.Among(all, old)];
            KeepRoutes? routes = old is { Family: AddressFamily.IPv4 } ? new KeepRoutes(Connect) : null;
            if (routes is not null)
            {
                changes.Do(routes);
            }

            foreach (InterfaceAddress gone in along.Reverse().Concat(old is null ? [] : [old]))
            {
                changes.Do(new DeleteAddress(Connect, gone, where));
            }

            foreach (InterfaceAddress back in along.Prepend(address))
            {
                changes.Do(new AddAddress(Connect, back, where));
            }

            foreach (Route gone in routes?.Missing().ToArray() ?? [])
            {
                changes.Do(new AddRoute(Connect, gone, change: RouteChange.Append));
            }
        }

        InterfaceAddress added = WaitUntilUsable(request);
        if (!request.DefaultGateway.IsNone)
        {
            Route route = DefaultRoute(request);
            string what = $"{route with { InterfaceIndex = 0 }} {where}";
            changes.Do(request.Replace && Present(route) is { } present
                ? new ReplaceRoute(Connect, present, route, $"replace route {what}")
                : new AddRoute(Connect, route, $"add route {what}"));
        }

        return added;
    }

    // Told before the address is added, and detection waited for in vain.
    private void ThrowIfRouted(AddressRequest request)
    {
        if (!request.DefaultGateway.IsNone && !request.Replace && Present(DefaultRoute(request)) is { } present)
        {
            string? name = conversation.Connection.Links.Find(present.InterfaceIndex)?.Name;
            throw new NetlinkException(
                new("add", NetlinkObject.Route), EEXIST, $"the default route is {present.ToString(name)}");
        }
    }

    private static Route DefaultRoute(AddressRequest request) => new()
    {
        Destination = InetPrefix.Default(request.Address.Family),
        Gateway = request.DefaultGateway,
        InterfaceIndex = request.Address.InterfaceIndex,
    };

    private static bool IsAsAsked(InterfaceAddress present, InterfaceAddress asked) =>
        present with { Flags = present.Flags & AddressFlags.NoPrefixRoute, Unknown = null }
        == asked with { Flags = asked.Flags & AddressFlags.NoPrefixRoute, Unknown = null };

    // The route whose place another default route would take.
    private Route? Present(Route route) => conversation.Connection.Routes
        .List(new RouteFilter { Family = route.Family, Table = RouteTable.Main })
        .FirstOrDefault(found => found.Destination == route.Destination
            && found.Metric == route.EffectiveMetric
            && found.TypeOfService == 0);

    // An IPv6 address is on an interface once, an IPv4 address once for each prefix length.
    private static bool IsSame(InterfaceAddress found, InterfaceAddress address) =>
        found.Local.Address == address.Local.Address
        && (address.Family == AddressFamily.IPv6
            || (found.Local.Length == address.Local.Length && found.Peer == address.Peer));

    private InterfaceAddress WaitUntilUsable(AddressRequest request)
    {
        NetlinkConnection connection = conversation.Connection;
        InterfaceAddress? current =
            AddressReadiness.Wait(connection, request.Address, request.Timeout, cancellationToken);
        return AddressReadiness.Validate(connection, request, current) is { } fault ? throw fault : current!;
    }
}
