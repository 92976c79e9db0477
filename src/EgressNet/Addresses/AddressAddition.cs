using EgressNet.Journal;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;

namespace EgressNet.Addresses;

/// <summary>Puts addresses on interfaces and returns when they can be used.</summary>
/// <param name="connection">A connection in the interfaces' namespace.</param>
/// <param name="cancellationToken">Ends the wait for duplicate address detection; the address is then taken
/// away.</param>
public sealed class AddressAddition(NetlinkConnection connection, CancellationToken cancellationToken = default)
{
    /// <summary>Adds one address, and the default route where asked for.</summary>
    /// <param name="request">What to add.</param>
    /// <returns>The address as the kernel has it.</returns>
    /// <exception cref="NetlinkException">The kernel refused, EEXIST where the address or the default route is
    /// there
    /// already; nothing is left.</exception>
    /// <exception cref="AddressUnusableException">It is a duplicate, or detection took too long; nothing is left.
    /// </exception>
    /// <exception cref="UndoFailedException">One of these, and something is left, as told.</exception>
    public InterfaceAddress Add(AddressRequest request)
    {
        using NetlinkConnection.CancellationHold hold = connection.HoldCancellation();
        return UndoJournal.Run(journal => Add(request, journal));
    }

    private InterfaceAddress Add(AddressRequest request, UndoJournal journal)
    {
        InterfaceAddress address = request.Address;
        InterfaceAddress? old = request.Replace ? Same(address) : null;
        bool keep = old is not null && IsAsAsked(old, address);
        if (old is not null && !keep)
        {
            connection.Addresses.Delete(old);
            journal.Add($"missing address {old}", () => connection.Addresses.Add(old));
        }

        if (!keep)
        {
            connection.Addresses.Add(address);
            journal.Add($"address {address}", () => connection.Addresses.Delete(address));
        }

        InterfaceAddress added = WaitUntilUsable(request);
        if (!request.DefaultGateway.IsNone)
        {
            Route route = connection.Routes.WriteAndRead(DefaultRoute(request), ChangeOf(request));
            journal.Add($"route {route}", () => connection.Routes.Delete(route));
        }

        return added;
    }

    private static RouteChange ChangeOf(AddressRequest request) =>
        request.Replace ? RouteChange.Replace : RouteChange.Add;

    private static Route DefaultRoute(AddressRequest request) => new()
    {
        Destination = InetPrefix.Default(request.Address.Family),
        Gateway = request.DefaultGateway,
        InterfaceIndex = request.Address.InterfaceIndex,
    };

    private static bool IsAsAsked(InterfaceAddress present, InterfaceAddress asked) =>
        present with { Flags = present.Flags & AddressFlags.NoPrefixRoute, Unknown = null }
        == asked with { Flags = asked.Flags & AddressFlags.NoPrefixRoute, Unknown = null };

    // An IPv6 address is on an interface once, an IPv4 address once for each prefix length.
    private InterfaceAddress? Same(InterfaceAddress address) =>
        connection.Addresses.List(address.Family, address.InterfaceIndex).FirstOrDefault(found =>
            found.Local.Address == address.Local.Address
            && (address.Family == AddressFamily.IPv6
                || (found.Local.Length == address.Local.Length && found.Peer == address.Peer)));

    private InterfaceAddress WaitUntilUsable(AddressRequest request)
    {
        InterfaceAddress address = request.Address;
        InterfaceAddress? current = AddressReadiness.Wait(connection, address, request.Timeout, cancellationToken);
        return current switch
        {
            null => throw new AddressUnusableException(false, $"Address {address} was taken away while it was added."),
            _ when current.Flags.HasFlag(AddressFlags.DadFailed) => throw new AddressUnusableException(
                true, $"Address {address} is in use by another host: duplicate address detection failed."),
            _ when !current.Flags.HasFlag(AddressFlags.Tentative) => current,
            _ when !AddressReadiness.IsDormant(connection, current) => throw new AddressUnusableException(
                false, $"Duplicate address detection of {address} took longer than {request.Timeout.TotalSeconds} s."),
            _ when request.WaitForDetection => throw new AddressUnusableException(
                false, $"Duplicate address detection of {address} cannot begin: its interface is down or has no carrier."),
            _ => current,
        };
    }
}
