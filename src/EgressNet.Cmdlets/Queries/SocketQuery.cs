using EgressNet.Arguments;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Sockets;
using EgressNet.Netlink.Transport;

namespace EgressNet.Queries;

/// <summary>Which sockets a cmdlet means: what the kernel filters, and the rest here.</summary>
internal sealed class SocketQuery(SocketProtocol protocol)
{
    private readonly NameFilter _local = new(null);
    private readonly NameFilter _remote = new(null);
    private readonly PortFilter _localPorts = new(null);
    private readonly PortFilter _remotePorts = new(null);

    public string[]? LocalAddress { init => _local = NameFilter.OfAddresses(value); }

    public ushort[]? LocalPort { init => _localPorts = new(value); }

    public string[]? RemoteAddress { init => _remote = NameFilter.OfAddresses(value); }

    public ushort[]? RemotePort { init => _remotePorts = new(value); }

    public AddressFamily? AddressFamily { get; init; }

    public SocketState[]? State { get; init; }

    public int[]? OwningProcess { get; init; }

    /// <summary>What was asked for by its value and is not there, such as <c>LocalPort 80</c>.</summary>
    public IEnumerable<string> Unmatched =>
    [
        .. _local.Unmatched.Select(address => $"LocalAddress {address}"),
        .. _localPorts.Unmatched.Select(port => $"LocalPort {port}"),
        .. _remote.Unmatched.Select(address => $"RemoteAddress {address}"),
        .. _remotePorts.Unmatched.Select(port => $"RemotePort {port}"),
    ];

    public IEnumerable<SocketEntry> Run(NetlinkConnection connection, SocketOwners owners)
    {
        SocketFilter filter = new()
        {
            Protocol = protocol,
            Family = AddressFamily ?? Netlink.Inet.AddressFamily.Unspecified,
            States = State,
            LocalPort = _localPorts.Single,
            RemotePort = _remotePorts.Single,
        };
        return connection.Sockets.List(filter).Where(socket => Passes(socket, owners));
    }

    // Each filter that is not matched is told, so none is looked at before those that tell nothing.
    private bool Passes(SocketEntry socket, SocketOwners owners) =>
        (State is null || State.Contains(socket.State))
        && (OwningProcess is null || OwningProcess.Contains(owners.Find(socket.Inode)))
        && (Matches(_local, socket.LocalAddress, socket) & _localPorts.Matches(socket.LocalPort)
            & Matches(_remote, socket.RemoteAddress, socket) & _remotePorts.Matches(socket.RemotePort));

    private static bool Matches(NameFilter filter, InetAddress address, SocketEntry socket) =>
        filter.IsEmpty || filter.Matches($"{address}") | filter.Matches($"{address}%{socket.InterfaceIndex}");

    private sealed class PortFilter(ushort[]? ports)
    {
        private readonly HashSet<ushort> _unmatched = [.. ports ?? []];

        public ushort Single => ports is [ushort port] ? port : (ushort)0;

        public IEnumerable<ushort> Unmatched => _unmatched;

        public bool Matches(ushort port)
        {
            _unmatched.Remove(port);
            return ports is null || ports.Contains(port);
        }
    }
}
