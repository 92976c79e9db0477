using EgressNet.Errors;
using EgressNet.Netlink;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Sessions;

using static EgressNet.Netlink.Errno;

namespace EgressNet.Queries;

/// <summary>The way that the kernel would take for a packet.</summary>
/// <param name="session">Where it is asked.</param>
/// <param name="packet">The packet.</param>
/// <param name="where">Where that is, as a person says it.</param>
internal sealed class RouteSearch(NamespaceSession session, RouteLookup packet, string where)
{
    private readonly RouteOperations _routes = session.Connection.Routes;

    private bool ComesIn => packet.IncomingIndex != 0;

    /// <returns>The own address that the packet would leave from, unless it comes in, and the route.</returns>
    /// <exception cref="ErrorRecordException">There is no way, or the source is none.</exception>
    public (NetIPAddress? Source, NetRoute Route) Run()
    {
        ThrowIfContradictory();
        if (!ComesIn && !packet.Source.IsNone && !IsOwn(packet.Source))
        {
            throw new ErrorRecordException($"No interface has LocalIPAddress {packet.Source}{where}."
                .ToNotFoundError(ErrorId.AddressNotFound, $"{packet.Source}"));
        }

        Route taken = Ask();
        InterfaceAddress? from = ComesIn ? null : AddressOf(taken, taken.InterfaceIndex) ?? AddressOf(taken, interfaceIndex: 0);
        return (from is null ? null : session.ToOutput(from), session.ToOutput(Stored(taken)));
    }

    private bool IsOwn(InetAddress source)
    {
        try
        {
            return _routes.Lookup(source).Type == RouteType.Local;
        }
        catch (NetlinkException unreachable) when (ReasonOf(unreachable.Errno) is not null)
        {
            return false;
        }
    }

    private InterfaceAddress? AddressOf(Route taken, int interfaceIndex) => session.Connection.Addresses
        .List(packet.Destination.Family, interfaceIndex)
        .FirstOrDefault(address =>
            address.Local.Address == (taken.PreferredSource.IsNone ? packet.Source : taken.PreferredSource));

    private void ThrowIfContradictory()
    {
        string? fault = packet switch
        {
            { Source.IsNone: true, IncomingIndex: not 0, Destination.Family: AddressFamily.IPv4 } =>
                "LocalIPAddress is missing: give the source of what comes in by IncomingInterfaceAlias.",
            { Source.IsNone: false } when packet.Source.Family != packet.Destination.Family =>
                $"LocalIPAddress {packet.Source} is not of the family of RemoteIPAddress {packet.Destination}.",
            _ => null,
        };
        if (fault is not null)
        {
            throw new ErrorRecordException(
                fault.ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, $"{packet.Destination}"));
        }
    }

    private Route Ask()
    {
        try
        {
            return _routes.Lookup(packet);
        }
        catch (NetlinkException refused) when (ReasonOf(refused.Errno) is { } reason)
        {
            string text = $"{packet.Destination} cannot be reached{where}: {reason}. "
                + $"{refused.Errno.Text} ({refused.ErrnoName}, {(int)refused.Errno}).";
            throw new ErrorRecordException(refused.Errno == ENETUNREACH
                ? text.ToNotFoundError(ErrorId.RouteNotFound, $"{packet.Destination}")
                : text.ToError(ErrorId.DestinationUnreachable, ErrorCategory.InvalidOperation, $"{packet.Destination}"));
        }
    }

    // What has to leave by an interface without a route there is on its link to IPv4, and no table has that.
    private Route Stored(Route taken)
    {
        try
        {
            return _routes.Lookup(packet with { AsStored = true });
        }
        catch (NetlinkException none) when (none.Errno == EHOSTUNREACH)
        {
            return taken;
        }
    }

    private string? ReasonOf(Errno errno) => errno switch
    {
        ENETUNREACH => "no route leads there",
        EHOSTUNREACH when ComesIn => "an unreachable route is in the way, or the interface does not forward",
        EHOSTUNREACH => "an unreachable route is in the way",
        EACCES => "a prohibit route or rule is in the way",
        EINVAL when ComesIn => "a blackhole route or rule is in the way, or its source is not taken (rp_filter)",
        EINVAL => "a blackhole route or rule is in the way",
        EXDEV => "the way back to its source is by another interface (rp_filter)",
        _ => null,
    };
}
