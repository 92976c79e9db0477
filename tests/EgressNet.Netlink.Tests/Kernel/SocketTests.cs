using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Sockets;
using EgressNet.Netlink.Transport;
using EgressNet.Testing;
using Xunit;
using NetFamily = System.Net.Sockets.AddressFamily;

namespace EgressNet.Netlink.Tests.Kernel;

public sealed class SocketTests : IDisposable
{
    private readonly LiveNamespace _ns = new();
    private readonly List<IDisposable> _open = [];
    private readonly NetlinkConnection _connection;

    public SocketTests()
    {
        _ns.Ip("link set lo up");
        _connection = NetlinkConnection.OpenSocketDiagnostics(
            NamespaceReference.FromName(_ns.Name), null, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Sockets_are_those_of_ss()
    {
        Socket listener = Listen(IPAddress.Loopback);
        (Socket client, Socket server) = Connect(listener);
        Listen(IPAddress.IPv6Any);
        (Socket left, Socket kept) = Connect(listener);
        left.Shutdown(SocketShutdown.Send);
        Eventually.True(() => List(SocketProtocol.Tcp).Any(each => each.State == SocketState.CloseWait));

        string[] theirs = [.. Lines("-tan")];
        Assert.Equal(6, theirs.Length);
        Assert.Equal(theirs.Order(), List(SocketProtocol.Tcp).Select(Line).Order());
        Assert.All([client, server, kept], socket => Assert.True(socket.Connected));
    }

    [Fact]
    public void Datagram_sockets_are_those_of_ss()
    {
        Socket bound = Open(NetFamily.InterNetwork, ProtocolType.Udp);
        bound.Bind(new IPEndPoint(IPAddress.Any, 0));
        Socket connected = Open(NetFamily.InterNetworkV6, ProtocolType.Udp);
        connected.Connect(new IPEndPoint(IPAddress.IPv6Loopback, 53));

        Assert.Equal(Lines("-uan").Order(), List(SocketProtocol.Udp).Select(Line).Order());
        Assert.Equal(
            [SocketState.Closed, SocketState.Established], List(SocketProtocol.Udp).Select(each => each.State).Order().Reverse());
    }

    [Fact]
    public void The_kernel_filters_by_state_family_and_port()
    {
        Socket listener = Listen(IPAddress.Loopback);
        (Socket client, _) = Connect(listener);
        Listen(IPAddress.IPv6Any);
        ushort port = PortOf(listener), other = PortOf(client);

        SocketFilter tcp = new() { Protocol = SocketProtocol.Tcp };
        Assert.Equal(2, _connection.Sockets.List(tcp with { States = [SocketState.Listen] }).Count());
        Assert.Equal(2, _connection.Sockets.List(tcp with { States = [SocketState.Established] }).Count());
        Assert.Single(_connection.Sockets.List(tcp with { Family = Inet.AddressFamily.IPv6 }));
        Assert.Equal(2, _connection.Sockets.List(tcp with { LocalPort = port }).Count());
        Assert.Equal([other], _connection.Sockets.List(tcp with { RemotePort = port }).Select(each => each.LocalPort));
        Assert.Empty(_connection.Sockets.List(tcp with { LocalPort = 9 }));
    }

    [Fact]
    public void What_is_bound_alone_is_told_so()
    {
        Socket bound = Open(NetFamily.InterNetwork, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        SocketEntry[] found = [.. List(SocketProtocol.Tcp)];
        if (found.Length == 0)
        {
            Assert.Skip("This kernel does not tell of sockets that have a port alone (Linux 6.8).");
        }

        Assert.Equal((SocketState.Bound, PortOf(bound)), (found[0].State, found[0].LocalPort));
        Assert.Single(_connection.Sockets.List(new() { Protocol = SocketProtocol.Tcp, States = [SocketState.Bound] }));
    }

    [Fact]
    public void A_socket_leads_to_the_process_that_holds_it()
    {
        Listen(IPAddress.Loopback);
        SocketEntry socket = Assert.Single(List(SocketProtocol.Tcp));
        Assert.Equal(Environment.ProcessId, new SocketOwners().Find(socket.Inode));
        Assert.Equal(0, new SocketOwners().Find(0));
        Assert.Equal(0, new SocketOwners().Find(uint.MaxValue));
    }

    [Fact]
    public async Task Many_are_told_once_while_others_come_and_go()
    {
        Socket listener = Listen(IPAddress.Loopback, backlog: 512);
        (Socket, Socket)[] kept = [.. Enumerable.Range(0, 300).Select(_ => Connect(listener))];
        using CancellationTokenSource stop = new();
        Task churn = Task.Run(
            () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    (Socket client, Socket server) = Connect(listener, keep: false);
                    client.Dispose();
                    server.Dispose();
                }
            },
            TestContext.Current.CancellationToken);
        for (int i = 0; i < 20; i++)
        {
            SocketEntry[] found = [.. List(SocketProtocol.Tcp)];
            Assert.Equal(found.Length, found.DistinctBy(each => each.Cookie).Count());
            HashSet<ushort> ports = [.. found.Where(each => each.State == SocketState.Established).Select(each => each.LocalPort)];
            Assert.True(kept.Count(pair => ports.Contains(PortOf(pair.Item1))) >= 295);
        }

        await stop.CancelAsync();
        await churn;
    }

    public void Dispose()
    {
        _open.ForEach(each => each.Dispose());
        _connection.Dispose();
        _ns.Dispose();
    }

    private IEnumerable<SocketEntry> List(SocketProtocol protocol) =>
        _connection.Sockets.List(new SocketFilter { Protocol = protocol });

    private IEnumerable<string> Lines(string options) => _ns.Exec("ss", options, "-H").Split('\n')
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words.Length >= 5)
        .Select(words => $"{words[0]} {words[3]} {words[4]}");

    private static string Line(SocketEntry socket)
    {
        string state = socket.State switch
        {
            SocketState.Established => "ESTAB",
            SocketState.Closed => "UNCONN",
            SocketState.Listen => "LISTEN",
            SocketState.CloseWait => "CLOSE-WAIT",
            SocketState.FinWait2 => "FIN-WAIT-2",
            _ => $"{socket.State}",
        };
        return $"{state} {End(socket.LocalAddress, socket.LocalPort)} {End(socket.RemoteAddress, socket.RemotePort)}";

        static string End(InetAddress address, ushort port)
        {
            string text = address.Family == Inet.AddressFamily.IPv6 ? $"[{address}]" : $"{address}";
            return $"{text}:{(port == 0 ? "*" : $"{port}")}";
        }
    }

    private Socket Listen(IPAddress address, int backlog = 8)
    {
        Socket socket = Open(address.AddressFamily, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        socket.Listen(backlog);
        return socket;
    }

    private (Socket Client, Socket Server) Connect(Socket listener, bool keep = true)
    {
        Socket client = Open(NetFamily.InterNetwork, ProtocolType.Tcp, keep);
        client.Connect(listener.LocalEndPoint!);
        Socket server = listener.Accept();
        if (keep)
        {
            _open.Add(server);
        }

        return (client, server);
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "Disposed with the test.")]
    private Socket Open(NetFamily family, ProtocolType protocol, bool keep = true)
    {
        Socket socket = _ns.Run(() => new Socket(
            family, protocol == ProtocolType.Tcp ? SocketType.Stream : SocketType.Dgram, protocol));
        if (keep)
        {
            _open.Add(socket);
        }

        return socket;
    }

    private static ushort PortOf(Socket socket) => (ushort)((IPEndPoint)socket.LocalEndPoint!).Port;
}
