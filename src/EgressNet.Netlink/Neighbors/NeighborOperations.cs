using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Neighbors;

/// <summary>The neighbors of a connection's namespace, IPv4 and IPv6; not the forwarding entries of bridges.</summary>
public readonly struct NeighborOperations
{
    internal static readonly NetlinkOperation DeleteOperation = new("delete", NetlinkObject.Neighbor);
    private readonly NetlinkConnection _connection;

    internal NeighborOperations(NetlinkConnection connection) => _connection = connection;

    /// <summary>Reads neighbors as a whole. The kernel marks no reading that changed underneath: where it came in several
    /// parts, two are put together.</summary>
    /// <param name="family">One family, or both.</param>
    /// <param name="interfaceIndex">One interface; 0 for all.</param>
    /// <param name="proxies">The entries that interfaces answer for in another's place, and no others.</param>
    /// <returns>The neighbors in all states; none for an interface that is absent.</returns>
    public IReadOnlyList<Neighbor> List(
        AddressFamily family = AddressFamily.Unspecified, int interfaceIndex = 0, bool proxies = false)
    {
        NetlinkWriter request = _connection.Begin(RTM.RTM_GETNEIGH, NLM_F.NLM_F_DUMP);
        ndmsg header = new() { ndm_family = (byte)family, ndm_flags = proxies ? (byte)NeighborFlags.Proxy : (byte)0 };
        request.Header(in header);
        if (interfaceIndex != 0)
        {
            request.Attribute(NDA.NDA_IFINDEX, interfaceIndex);
        }

        bool Read(in NetlinkMessage message, out Neighbor neighbor)
        {
            neighbor = null!;
            return message.Type == (ushort)RTM.RTM_NEWNEIGH
                && NeighborMessage.TryRead(in message, out neighbor)
                && neighbor.IsProxy == proxies
                && (family == AddressFamily.Unspecified || neighbor.Family == family)
                && (interfaceIndex == 0 || neighbor.InterfaceIndex == interfaceIndex);
        }

        return _connection.DumpUnmarked<Neighbor>(
            ref request,
            NetlinkOperation.List(NetlinkObject.Neighbor),
            Read,
            static neighbor => (neighbor.InterfaceIndex, neighbor.Address));
    }

    /// <summary>Asks for one neighbor by its key, whatever their number. Before Linux 5.0 it is looked for in a
    /// list.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="interfaceIndex">The interface.</param>
    /// <param name="isProxy">Whether the proxy entry is meant.</param>
    /// <returns>The neighbor in whatever state, or null where there is none.</returns>
    public Neighbor? Find(InetAddress address, int interfaceIndex, bool isProxy = false)
    {
        Neighbor key = new()
        {
            Address = address,
            InterfaceIndex = interfaceIndex,
            Flags = isProxy ? NeighborFlags.Proxy : NeighborFlags.None,
        };
        NetlinkWriter request = _connection.Begin(RTM.RTM_GETNEIGH);
        NeighborMessage.WriteKey(ref request, key);
        try
        {
            return _connection.Get(
                ref request, new("get", NetlinkObject.Neighbor), static (in message) => ReadOrNull(in message));
        }
        catch (NetlinkException absent) when (absent.Errno is Errno.ENOENT or Errno.ENODEV)
        {
            return null;
        }
        catch (NetlinkException old) when (old.Errno == Errno.EOPNOTSUPP)
        {
            return List(address.Family, interfaceIndex, isProxy).FirstOrDefault(each => each.Address == address);
        }
    }

    /// <summary>Writes one neighbor.</summary>
    /// <param name="neighbor">The neighbor.</param>
    /// <param name="change">What to do where its key is taken or free.</param>
    /// <exception cref="ArgumentException">The neighbor contradicts itself; nothing was sent.</exception>
    /// <exception cref="NetlinkException">EEXIST, ENOENT; ENODEV without the interface; EINVAL for a link-layer address
    /// that is too short for it, or where it takes no neighbors; EPERM and others.</exception>
    public void Write(Neighbor neighbor, NeighborChange change = NeighborChange.Add)
    {
        NeighborRules.ThrowIfInvalid(neighbor);
        NetlinkWriter request = _connection.Begin(RTM.RTM_NEWNEIGH, FlagsOf(change));
        NeighborMessage.Write(ref request, neighbor);
        _connection.Execute(ref request, OperationOf(change, neighbor.Family));
    }

    /// <summary>Deletes the neighbor with this key: address, interface and whether it is a proxy entry. One that is in use
    /// stays as Unreachable until it is not.</summary>
    /// <param name="neighbor">The neighbor.</param>
    /// <exception cref="NetlinkException">ENOENT where it is absent; ENODEV without the interface; EPERM and
    /// others.</exception>
    public void Delete(Neighbor neighbor)
    {
        NeighborRules.ThrowIfUnnamable(neighbor);
        NetlinkWriter request = _connection.Begin(RTM.RTM_DELNEIGH);
        NeighborMessage.WriteKey(ref request, neighbor);
        _connection.Execute(ref request, DeleteOperation);
    }

    internal static Neighbor? ReadOrNull(in NetlinkMessage message) =>
        message.Type == (ushort)RTM.RTM_NEWNEIGH && NeighborMessage.TryRead(in message, out Neighbor read) ? read : null;

    internal static NetlinkOperation OperationOf(NeighborChange change, AddressFamily family) =>
        new(change.ToString().ToLowerInvariant(), NetlinkObject.Neighbor, family);

    internal static NLM_F FlagsOf(NeighborChange change) => change switch
    {
        NeighborChange.Add => NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL,
        NeighborChange.Replace => NLM_F.NLM_F_CREATE | NLM_F.NLM_F_REPLACE,
        NeighborChange.Change => NLM_F.NLM_F_REPLACE,
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "Not a way to write a neighbor."),
    };
}
