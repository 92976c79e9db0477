using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Routes;

/// <summary>The routes of a connection's namespace.</summary>
public readonly partial struct RouteOperations
{
    private readonly NetlinkConnection _connection;

    internal RouteOperations(NetlinkConnection connection) => _connection = connection;

    /// <summary>Reads routes as the kernel hands them over. The kernel never flags a route dump that changed
    /// underneath: under churn one entry may be missed or seen twice.</summary>
    /// <param name="filter">Which ones; filtered by the kernel where it can, and always here.</param>
    /// <returns>The routes, IPv4 before IPv6; none for a table or interface that is absent.</returns>
    /// <exception cref="NetlinkException">EMSGSIZE: a route has more next hops than a dump of 32 KiB can hold, some 2,000 of
    /// IPv4 or 1,100 of IPv6. Asked for one family, Linux 6.10 and later end the list there without an error.</exception>
    public IEnumerable<Route> List(RouteFilter filter = default)
    {
        NetlinkWriter request = _connection.Begin(RTM.RTM_GETROUTE, NLM_F.NLM_F_DUMP);
        rtmsg header = new()
        {
            rtm_family = (byte)filter.Family,
            rtm_table = filter.Table > byte.MaxValue ? RouteConstants.RT_TABLE_UNSPEC : (byte)filter.Table,
            rtm_protocol = (byte)filter.Protocol,
            rtm_type = (byte)filter.Type,
        };
        request.Header(in header);
        if (filter.Table > byte.MaxValue)
        {
            request.Attribute(RTA.RTA_TABLE, filter.Table);
        }

        if (filter.InterfaceIndex != 0)
        {
            request.Attribute(RTA.RTA_OIF, filter.InterfaceIndex);
        }

        bool Read(in NetlinkMessage message, out Route route)
        {
            if (message.Type == (ushort)RTM.RTM_NEWROUTE && RouteMessage.TryRead(in message, out route))
            {
                return filter.Matches(route);
            }

            route = null!;
            return false;
        }

        return WhereAbsentIsEmpty(_connection.Stream<Route>(ref request, NetlinkOperation.List(NetlinkObject.Route), Read));
    }

    /// <summary>Reads routes so that those returned can be deleted while the dump runs. The kernel resumes an IPv4 dump by
    /// destination, so routes of one destination are returned together. It resumes IPv6, and tables that share one tree, by
    /// counting, so all of these are read first.</summary>
    /// <param name="filter">Which ones.</param>
    /// <returns>As <see cref="List"/>.</returns>
    public IEnumerable<Route> ListForRemoval(RouteFilter filter)
    {
        List<Route> read = [];
        foreach (Route route in List(filter))
        {
            if (read is [{ Family: AddressFamily.IPv4 } first, ..]
                && filter.Table != 0 && first.Destination != route.Destination)
            {
                foreach (Route passed in read)
                {
                    yield return passed;
                }

                read.Clear();
            }

            read.Add(route);
        }

        foreach (Route last in read)
        {
            yield return last;
        }
    }

    /// <summary>Writes one route.</summary>
    /// <param name="change">What to do where its key is taken or free.</param>
    /// <exception cref="ArgumentException">The route contradicts itself; nothing was sent.</exception>
    /// <exception cref="NetlinkException">The kernel refused: EEXIST, ENOENT, ENETUNREACH for a gateway that is not on a
    /// link (EHOSTUNREACH for IPv6), EINVAL, EPERM and others.</exception>
    public void Write(Route route, RouteChange change = RouteChange.Add)
    {
        RouteRules.ThrowIfInvalid(route);
        NetlinkWriter request = _connection.Begin(RTM.RTM_NEWROUTE, FlagsOf(change));
        RouteMessage.WriteNew(ref request, route);
        _connection.Execute(ref request, OperationOf(change, route.Family));
    }

    /// <summary>Writes one route and reads it back in the same exchange, as the kernel completed it.</summary>
    /// <param name="change">What to do where its key is taken or free.</param>
    /// <returns>The kernel's route; <paramref name="route"/> itself where the kernel does not echo.</returns>
    /// <exception cref="ArgumentException">The route contradicts itself; nothing was sent.</exception>
    /// <exception cref="NetlinkException">The kernel refused, as for <see cref="Write"/>.</exception>
    public Route WriteAndRead(Route route, RouteChange change = RouteChange.Add)
    {
        RouteRules.ThrowIfInvalid(route);
        NetlinkWriter request = _connection.Begin(RTM.RTM_NEWROUTE, FlagsOf(change));
        RouteMessage.WriteNew(ref request, route);
        return _connection.Execute(ref request, OperationOf(change, route.Family), static (in message) => ReadOrNull(in message))
            ?? route;
    }

    /// <summary>Deletes exactly this route: every property of it must match.</summary>
    /// <remarks>The kernel takes what a route lacks as any: once a route of metric 0 is gone, asking again takes its like of
    /// another metric, and of two IPv4 routes that differ in having a source the older one goes.</remarks>
    /// <param name="route">The route, as read.</param>
    /// <exception cref="NetlinkException">ESRCH where there is no such route; EPERM and others.</exception>
    /// <exception cref="ArgumentException">Its destination has host bits set; nothing was sent.</exception>
    public void Delete(Route route)
    {
        RouteRules.ThrowIfUnnamable(route);
        NetlinkWriter request = _connection.Begin(RTM.RTM_DELROUTE);
        RouteMessage.Write(ref request, route);
        _connection.Execute(ref request, DeleteOperation);
    }

    internal static NetlinkOperation OperationOf(RouteChange change, AddressFamily family) => new(
        change switch
        {
            RouteChange.Replace => "replace",
            RouteChange.Change => "change",
            RouteChange.Append => "append",
            RouteChange.Prepend => "prepend",
            _ => "add",
        },
        NetlinkObject.Route,
        family);

    internal static readonly NetlinkOperation DeleteOperation = new("delete", NetlinkObject.Route);

    internal static Route? ReadOrNull(in NetlinkMessage message) =>
        message.Type == (ushort)RTM.RTM_NEWROUTE && RouteMessage.TryRead(in message, out Route route) ? route : null;

    internal static NLM_F FlagsOf(RouteChange change) => change switch
    {
        RouteChange.Add => NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL,
        RouteChange.Replace => NLM_F.NLM_F_CREATE | NLM_F.NLM_F_REPLACE,
        RouteChange.Change => NLM_F.NLM_F_REPLACE,
        RouteChange.Append => NLM_F.NLM_F_CREATE | NLM_F.NLM_F_APPEND,
        RouteChange.Prepend => NLM_F.NLM_F_CREATE,
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "Not a way to write a route."),
    };

    private static IEnumerable<Route> WhereAbsentIsEmpty(IEnumerable<Route> routes)
    {
        using IEnumerator<Route> each = routes.GetEnumerator();
        while (MoveNext(each))
        {
            yield return each.Current;
        }

        static bool MoveNext(IEnumerator<Route> each)
        {
            try
            {
                return each.MoveNext();
            }
            catch (NetlinkException absent) when (absent.Errno is Errno.ENOENT or Errno.ENODEV)
            {
                return false;
            }
            catch (NetlinkException tooLong) when (tooLong.Errno == Errno.EMSGSIZE)
            {
                throw tooLong.Within("a route has more next hops than the kernel can list; those behind it are not read");
            }
        }
    }
}
