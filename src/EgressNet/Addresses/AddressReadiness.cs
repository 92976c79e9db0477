using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;

namespace EgressNet.Addresses;

/// <summary>Waits until an address just added can be used.</summary>
public static class AddressReadiness
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(1);

    /// <summary>Waits until the kernel delivers packets for an address: duplicate address detection, where asked
    /// for,
    /// has ended, and the local route is in. IPv4 addresses, and those of a link that is down, are not waited for.
    /// </summary>
    /// <param name="connection">A connection in the address's namespace.</param>
    /// <param name="address">The address.</param>
    /// <param name="timeout">How long to wait at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The address as the kernel has it then, possibly still tentative or found duplicate; null where it
    /// is
    /// gone.</returns>
    public static InterfaceAddress? Wait(
        NetlinkConnection connection,
        InterfaceAddress address,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        long deadline = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        while (true)
        {
            InterfaceAddress? current = Find(connection, address);
            if (current is null || IsSettled(connection, current) || Environment.TickCount64 >= deadline)
            {
                return current;
            }

            cancellationToken.WaitHandle.WaitOne(s_pause);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Finds an address as the kernel has it.</summary>
    /// <param name="connection">A connection in the address's namespace.</param>
    /// <param name="address">The address.</param>
    /// <returns>The kernel's record, or null.</returns>
    public static InterfaceAddress? Find(NetlinkConnection connection, InterfaceAddress address) =>
        connection.Addresses.List(address.Family, address.InterfaceIndex)
            .FirstOrDefault(found => found.Local == address.Local && found.Peer == address.Peer);

    /// <summary>Whether nothing will happen to an address for now, since its link is not up.</summary>
    /// <param name="connection">A connection in the address's namespace.</param>
    /// <param name="address">The address.</param>
    /// <returns>True where duplicate address detection has not begun.</returns>
    public static bool IsDormant(NetlinkConnection connection, InterfaceAddress address) =>
        connection.Links.Get(address.InterfaceIndex).OperationalState
            is not (OperationalState.Up or OperationalState.Unknown);

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
