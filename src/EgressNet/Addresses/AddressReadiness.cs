using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;

namespace EgressNet.Addresses;

/// <summary>Waits until an address just added can be used.</summary>
internal static class AddressReadiness
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(1);

    /// <summary>Waits until the kernel delivers packets for an address: duplicate address detection, where asked for, has
    /// ended, and the local route is in. IPv4 addresses, and those of a link that is down, are not waited for.</summary>
    /// <param name="connection">A connection in the address's namespace.</param>
    /// <param name="timeout">How long to wait at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The address as the kernel has it then, possibly still tentative or found duplicate; null where it is
    /// gone.</returns>
    public static InterfaceAddress? Wait(
        NetlinkConnection connection,
        InterfaceAddress address,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        InterfaceAddress? settled = WaitForAll(connection, [address], timeout, cancellationToken)[0];
        cancellationToken.ThrowIfCancellationRequested();
        return settled;
    }

    /// <summary>Waits until the kernel delivers packets for all of the addresses, as <see cref="Wait"/> does for one.</summary>
    /// <param name="connection">A connection in the addresses' namespace.</param>
    /// <param name="timeout">How long to wait at most, for all of them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>At each one's place the address as the kernel has it then; null where it is gone.</returns>
    public static InterfaceAddress?[] WaitForAll(
        NetlinkConnection connection,
        IReadOnlyList<InterfaceAddress> addresses,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        long deadline = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        InterfaceAddress?[] found = new InterfaceAddress?[addresses.Count];
        List<int> open = [.. Enumerable.Range(0, addresses.Count)];
        while (true)
        {
            Dictionary<(int, InetPrefix, InetAddress), InterfaceAddress> present = List(connection, addresses);
            open.RemoveAll(i =>
            {
                found[i] = present.GetValueOrDefault(KeyOf(addresses[i]));
                return found[i] is not { } current || IsSettled(connection, current);
            });
            if (open.Count == 0 || Environment.TickCount64 >= deadline || cancellationToken.IsCancellationRequested)
            {
                return found;
            }

            cancellationToken.WaitHandle.WaitOne(s_pause);
        }
    }

    /// <summary>The error for an address that did not become usable; null for a usable one.</summary>
    /// <param name="connection">A connection in the address's namespace.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="current">The address as the kernel has it; null for gone.</param>
    /// <param name="wasStopped">Whether the wait was ended before its time.</param>
    /// <returns>Null where it is as it should be.</returns>
    public static AddressUnusableException? Validate(
        NetlinkConnection connection, AddressRequest request, InterfaceAddress? current, bool wasStopped = false) =>
        current switch
        {
            null => new(false, $"Address {request} was removed while it was being added."),
            _ when current.Flags.HasFlag(AddressFlags.DadFailed) => new(
                true, $"Address {request} is in use by another host: duplicate address detection failed."),
            _ when !current.Flags.HasFlag(AddressFlags.Tentative) => null,
            _ when !IsDormant(connection, current) => new(
                false,
                wasStopped
                    ? $"The stop came before duplicate address detection of {request} had finished: the address is removed."
                    : $"Duplicate address detection of {request} took longer than {request.Timeout.TotalSeconds} s."),
            _ when request.WaitForDetection => new(
                false,
                $"Duplicate address detection of {request} cannot begin: its interface is down or has no carrier."),
            _ => null,
        };

    /// <summary>Finds an address as the kernel has it.</summary>
    /// <param name="connection">A connection in the address's namespace.</param>
    /// <returns>The kernel's record, or null.</returns>
    public static InterfaceAddress? Find(NetlinkConnection connection, InterfaceAddress address) =>
        connection.Addresses.List(address.Family, address.InterfaceIndex)
            .FirstOrDefault(found => found.Local == address.Local && found.Peer == address.Peer);

    /// <summary>Whether detection of an address cannot proceed, since its link is not up.</summary>
    /// <param name="connection">A connection in the address's namespace.</param>
    /// <returns>True where duplicate address detection has not begun.</returns>
    public static bool IsDormant(NetlinkConnection connection, InterfaceAddress address) =>
        connection.Links.Get(address.InterfaceIndex).OperationalState
            is not (OperationalState.Up or OperationalState.Unknown);

    private static (int, InetPrefix, InetAddress) KeyOf(InterfaceAddress address) =>
        (address.InterfaceIndex, address.Local, address.Peer);

    private static Dictionary<(int, InetPrefix, InetAddress), InterfaceAddress> List(
        NetlinkConnection connection, IReadOnlyList<InterfaceAddress> addresses)
    {
        int index = addresses[0].InterfaceIndex;
        AddressFamily family = addresses[0].Family;
        Dictionary<(int, InetPrefix, InetAddress), InterfaceAddress> present = [];
        foreach (InterfaceAddress address in connection.Addresses.List(
            addresses.All(each => each.Family == family) ? family : AddressFamily.Unspecified,
            addresses.All(each => each.InterfaceIndex == index) ? index : 0))
        {
            present[KeyOf(address)] = address;
        }

        return present;
    }

    private static bool IsSettled(NetlinkConnection connection, InterfaceAddress address) =>
        address.Family == AddressFamily.IPv4
        || address.Flags.HasFlag(AddressFlags.DadFailed)
        || (!address.Flags.HasFlag(AddressFlags.Tentative) && IsLocal(connection, address))
        || IsDormant(connection, address);

    private static bool IsLocal(NetlinkConnection connection, InterfaceAddress address)
    {
        try
        {
            return connection.Routes.Lookup(address.Local.Address).Type == RouteType.Local;
        }
        catch (NetlinkException)
        {
            return false;
        }
    }
}
