using EgressNet.Netlink.Conntrack;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Tests.Conntrack;
using EgressNet.Netlink.Tests.Fakes;
using EgressNet.Netlink.Tests.Wire;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Tests.Hostile;

/// <summary>The readers of connection tracking.</summary>
internal static class ConntrackReaders
{
    private static readonly byte[][] s_seeds =
    [
        .. ConntrackCaptured.All.Select(
            each => Reply.Message((ushort)ConntrackMessageType.New, 7, Encoded.Bytes(each.Hex))),
    ];

    public static IEnumerable<HostileReader> All { get; } =
    [
        new("tracked connections", s_seeds, bytes =>
        {
            byte[] buffer = new byte[4096];
            foreach (NetlinkMessage message in new MessageReader(bytes))
            {
                ConntrackMessage.TryRead(in message, out ConntrackEntry entry);
                _ = (entry.ToString(), entry.GetHashCode(), entry.Unknown?.Count());
                NetlinkWriter writer = new(buffer, (ushort)ConntrackMessageType.Delete, 0, 7);
                ConntrackMessage.WriteKey(ref writer, entry);
            }
        }),
        new("answers of connection tracking", s_seeds, bytes =>
        {
            Answering.With(bytes, connection => connection.Conntrack.List());
            Answering.With(bytes, connection => connection.Conntrack.ListOf([InetAddress.Parse("10.0.0.2")], 0).Count());
            Answering.With(bytes, connection => connection.Conntrack.DeleteOf(InetAddress.Parse("10.0.0.2")));
            Answering.With(bytes, connection => connection.Conntrack.Delete(ConntrackCaptured.InZone.Entry));
        }, Answering.MaxBytes),
    ];
}
