using System.Net;
using System.Net.Sockets;
using EgressNet.Netlink.Namespaces;

namespace EgressNet.Tests.Traffic;

/// <summary>Sockets of a namespace. Where a socket is opened is where it stays, whoever uses it then.</summary>
internal static class NamespaceSockets
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly byte[] s_question = "question"u8.ToArray();
    private static readonly byte[] s_answer = "answer"u8.ToArray();

    public static Socket Open(this LiveNamespace ns, AddressFamily family, SocketType type, ProtocolType protocol)
    {
        Socket socket = NamespaceThread.Run(
            NamespaceReference.FromName(ns.Name), () => new Socket(family, type, protocol));
        socket.ReceiveTimeout = socket.SendTimeout = (int)Patience.TotalMilliseconds;
        return socket;
    }

    public static int IndexOf(this LiveNamespace ns, string name) =>
        ns.IpJson($"link show dev {name}")[0].GetProperty("ifindex").GetInt32();

    public static Socket BindUdp(this LiveNamespace ns, IPAddress address, int port = 0)
    {
        Socket socket = ns.Open(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(address, port));
        return socket;
    }

    public static Socket BindTcp(this LiveNamespace ns, IPAddress address, int port = 0)
    {
        Socket socket = ns.Open(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, port));
        return socket;
    }

    public static void Ask(this Socket client, EndPoint server) => client.SendTo(s_question, server);

    /// <summary>Receives a question, within the deadline, and says where it came from.</summary>
    public static IPEndPoint Hear(this Socket server)
    {
        byte[] buffer = new byte[64];
        EndPoint from = new IPEndPoint(
            server.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        int length = server.ReceiveFrom(buffer, ref from);
        Assert.Equal(s_question, buffer[..length]);
        return (IPEndPoint)from;
    }

    /// <summary>Sends one datagram and has it answered.</summary>
    /// <returns>Where the question came from, as the server sees it.</returns>
    public static IPEndPoint Exchange(this Socket client, Socket server)
    {
        client.Ask(server.LocalEndPoint!);
        IPEndPoint from = server.Hear();
        server.SendTo(s_answer, from);
        byte[] buffer = new byte[64];
        EndPoint by = new IPEndPoint(from.Address, 0);
        int length = client.ReceiveFrom(buffer, ref by);
        Assert.Equal(s_answer, buffer[..length]);
        Assert.Equal(server.LocalEndPoint, by);
        return from;
    }

    /// <summary>Connects, and sends both ways.</summary>
    /// <returns>Where the connection came from, as the server sees it.</returns>
    public static IPEndPoint ExchangeByTcp(this Socket client, Socket listener)
    {
        listener.Listen();
        client.Connect(listener.LocalEndPoint!);
        Assert.True(listener.Poll(Patience, SelectMode.SelectRead));
        using Socket server = listener.Accept();
        server.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        byte[] buffer = new byte[64];
        client.Send(s_question);
        Assert.Equal(s_question, buffer[..server.Receive(buffer)]);
        server.Send(s_answer);
        Assert.Equal(s_answer, buffer[..client.Receive(buffer)]);
        return (IPEndPoint)server.RemoteEndPoint!;
    }
}
