using EgressNet.Changes;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using static EgressNet.Netlink.Errno;

namespace EgressNet.Addresses;

/// <summary>Changes an address that is there. The kernel changes its lifetimes in place; with another prefix length it is
/// another address to IPv4, and to IPv6 one that cannot be there twice.</summary>
/// <param name="conversation">One with the interface's namespace.</param>
/// <param name="report">Told each change just before it is made; null for nobody.</param>
/// <param name="cancellationToken">Ends the work between two changes; what was done is then undone.</param>
internal sealed class AddressReplacement(
    Conversation conversation, Action<string>? report = null, CancellationToken cancellationToken = default)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    /// <summary>Turns one address into another.</summary>
    /// <param name="old">The address as read.</param>
    /// <param name="change">What it is to become: another prefix length, other lifetimes, or both. It gets the address as it is
    /// now, since its lifetimes have run on.</param>
    /// <param name="interfaceName">The interface's name, and where it is, as a person says it.</param>
    /// <returns>The address as the kernel has it then.</returns>
    /// <exception cref="NetlinkException">The kernel refused, EADDRNOTAVAIL where the old address is not there, EEXIST where
    /// the new one is; nothing has changed.</exception>
    /// <exception cref="UndoFailedException">The kernel refused, and something is left, as told.</exception>
    public InterfaceAddress Apply(
        InterfaceAddress old, Func<InterfaceAddress, InterfaceAddress> change, string interfaceName)
    {
        using NetlinkConnection.CancellationHold hold = conversation.Connection.HoldCancellation();
        (InterfaceAddress present, InterfaceAddress wanted) = Require(old, change, interfaceName);
        return ChangeSet.Run(report, changes => Apply(changes, present, wanted, $"dev {interfaceName}"), cancellationToken);
    }

    /// <summary>Refuses what <see cref="Apply(InterfaceAddress, Func{InterfaceAddress, InterfaceAddress}, string)"/> would;
    /// nothing is changed.</summary>
    /// <returns>The address as it is now, and as it is to be.</returns>
    public (InterfaceAddress Present, InterfaceAddress Wanted) Require(
        InterfaceAddress old, Func<InterfaceAddress, InterfaceAddress> change, string interfaceName)
    {
        IReadOnlyList<InterfaceAddress> all = List(old);
        InterfaceAddress present = all.FirstOrDefault(each => IsSame(each, old))
            ?? throw new NetlinkException(new("change", NetlinkObject.Address), EADDRNOTAVAIL)
                .Within($"change address {old.Local} dev {interfaceName}");
        InterfaceAddress wanted = change(present);
        return wanted.Local != old.Local && all.Any(each => IsSame(each, wanted))
            ? throw new NetlinkException(new("add", NetlinkObject.Address), EEXIST)
                .Within($"add address {wanted.Local} dev {interfaceName}")
            : (present, wanted);
    }

    private InterfaceAddress Apply(ChangeSet changes, InterfaceAddress old, InterfaceAddress wanted, string where)
    {
        NetlinkConnection Connect() => conversation.Connection;
        if (old.Local == wanted.Local)
        {
            changes.Do(new ChangeAddress(Connect, old, wanted, where));
        }
        else if (old.Family == AddressFamily.IPv6)
        {
            Route[] preferring = Preferring(old.Local.Address);
            changes.Do(new DeleteAddress(Connect, old, where));
            changes.Do(new AddAddress(Connect, wanted, where));
            foreach (Route route in preferring)
            {
                changes.Do(new ReplaceRoute(Connect, route with { PreferredSource = default }, route));
            }
        }
        else
        {
            Widen(changes, old, wanted, where);
        }

        return AddressReadiness.Wait(conversation.Connection, wanted, s_timeout, cancellationToken)
            ?? throw new AddressUnusableException(false, $"Address {wanted.Local} {where} was taken away while it was changed.");
    }

    // The new one comes first, so that the interface is never without. The kernel would delete the secondary ones with the
    // old one, and with the last address of a source the routes that prefer it.
    private void Widen(ChangeSet changes, InterfaceAddress old, InterfaceAddress wanted, string where)
    {
        NetlinkConnection Connect() => conversation.Connection;
        InterfaceAddress[] along = [.. SecondaryAddresses.Among(List(old), old)];
        KeepRoutes routes = new(Connect);
        changes.Do(routes);
        changes.Do(new AddAddress(Connect, wanted, where));
        foreach (InterfaceAddress gone in along.Reverse().Append(old))
        {
            changes.Do(new DeleteAddress(Connect, gone, where));
        }

        foreach (InterfaceAddress back in along)
        {
            changes.Do(new AddAddress(Connect, back, where));
        }

        foreach (Route gone in routes.Missing().ToArray())
        {
            changes.Do(new AddRoute(Connect, gone, change: RouteChange.Append));
        }
    }

    // IPv6 takes a deleted address out of the routes that prefer it (rt6_remove_prefsrc). To write one again takes that it is
    // alone with its key.
    private Route[] Preferring(InetAddress source)
    {
        Route[] all = [.. conversation.Connection.Routes.List(new RouteFilter { Family = AddressFamily.IPv6 })];
        return
        [
            .. all.Where(route => route.PreferredSource == source && all.Count(like => like.SharesKeyWith(route)) == 1)
                .Select(route => route with { Flags = route.Flags & RouteFlags.OnLink }),
        ];
    }

    private IReadOnlyList<InterfaceAddress> List(InterfaceAddress address) =>
        conversation.Connection.Addresses.List(address.Family, address.InterfaceIndex);

    private static bool IsSame(InterfaceAddress left, InterfaceAddress right) =>
        left.Local == right.Local && left.Peer == right.Peer;
}
