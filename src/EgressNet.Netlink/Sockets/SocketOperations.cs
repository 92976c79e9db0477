using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Sockets;

/// <summary>The sockets of a connection's namespace.</summary>
public readonly struct SocketOperations
{
    private static readonly AddressFamily[] s_families = [AddressFamily.IPv4, AddressFamily.IPv6];
    private readonly NetlinkConnection _connection;

    internal SocketOperations(NetlinkConnection connection) => _connection = connection;

    /// <summary>Reads sockets as the kernel hands them over. It does not say that they changed underneath: of what comes and
    /// goes meanwhile some may be missed, and none is told twice.</summary>
    /// <param name="filter">Which ones.</param>
    /// <returns>The sockets, those of IPv4 before those of IPv6; none of a family that the kernel has not got.</returns>
    /// <exception cref="NetlinkException">EOPNOTSUPP where the kernel does not tell of sockets of the
    /// protocol.</exception>
    public IEnumerable<SocketEntry> List(SocketFilter filter)
    {
        HashSet<ulong> seen = [];
        foreach (AddressFamily family in s_families)
        {
            if (filter.Family is not AddressFamily.Unspecified && filter.Family != family)
            {
                continue;
            }

            foreach (SocketEntry socket in ListFamily(filter, family))
            {
                if (seen.Add(socket.Cookie))
                {
                    yield return socket;
                }
            }
        }
    }

    private IEnumerable<SocketEntry> ListFamily(SocketFilter filter, AddressFamily family)
    {
        NetlinkWriter request = _connection.Begin(SOCK_DIAG.SOCK_DIAG_BY_FAMILY, NLM_F.NLM_F_DUMP);
        SocketMessage.WriteQuestion(ref request, filter, family);
        NetlinkOperation operation = NetlinkOperation.List(NetlinkObject.InetSocket);
        bool Read(in NetlinkMessage message, out SocketEntry socket) =>
            SocketMessage.TryRead(in message, filter.Protocol, out socket) && socket.LocalAddress.Family == family;
        return WhereKnown(_connection.Stream<SocketEntry>(ref request, operation, Read), operation);
    }

    // Without the module for a protocol, the kernel answers that it has no such handler.
    private static IEnumerable<SocketEntry> WhereKnown(IEnumerable<SocketEntry> sockets, NetlinkOperation operation)
    {
        using IEnumerator<SocketEntry> each = sockets.GetEnumerator();
        while (MoveNext(each, operation))
        {
            yield return each.Current;
        }

        static bool MoveNext(IEnumerator<SocketEntry> each, NetlinkOperation operation)
        {
            try
            {
                return each.MoveNext();
            }
            catch (NetlinkException absent) when (absent.Errno == Errno.ENOENT)
            {
                throw new NetlinkException(operation, Errno.EOPNOTSUPP, absent.KernelMessage);
            }
        }
    }
}
