using System.Collections;
using EgressNet.Netlink.Sockets;
using EgressNet.Netlink.Transport;

namespace EgressNet.Completers;

/// <summary>Completes addresses, ports and processes of TCP and UDP sockets.</summary>
internal sealed class SocketCompleter : OfferCompleterBase
{
    private const int MaxOffers = 1000;

    private protected override IEnumerable<(string Text, string ToolTip)> Offers(string parameter, IDictionary bound)
    {
        using NetlinkConnection connection = NetlinkConnection.OpenSocketDiagnostics(NamespaceOf(bound));
        SocketOwners owners = new();
        SocketFilter tcp = new() { Protocol = SocketProtocol.Tcp }, udp = new() { Protocol = SocketProtocol.Udp };
        return
        [
            .. connection.Sockets.List(tcp).Take(MaxOffers).ToArray()
                .Concat(connection.Sockets.List(udp).Take(MaxOffers).ToArray())
                .Select(socket => (TextOf(socket, parameter, owners), $"{socket}")),
        ];
    }

    private static string TextOf(SocketEntry socket, string parameter, SocketOwners owners) => parameter switch
    {
        nameof(NetTCPConnection.LocalPort) => $"{socket.LocalPort}",
        nameof(NetTCPConnection.RemoteAddress) => $"{socket.RemoteAddress}",
        nameof(NetTCPConnection.RemotePort) => $"{socket.RemotePort}",
        nameof(NetTCPConnection.OwningProcess) => $"{owners.Find(socket.Inode)}",
        _ => $"{socket.LocalAddress}",
    };
}
