using System.Buffers.Binary;
using System.Runtime.InteropServices;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Sockets;

/// <summary>A socket as SOCK_DIAG_BY_FAMILY carries it: where the kernel's words and ours meet.</summary>
internal static class SocketMessage
{
    // TCP_NEW_SYN_RECV (net/tcp_states.h): what has answered a SYN and is no socket yet.
    private const int NewSynReceived = 12;

    public static void WriteQuestion(ref NetlinkWriter writer, SocketFilter filter, AddressFamily family)
    {
        inet_diag_req_v2 question = new()
        {
            sdiag_family = (byte)family,
            sdiag_protocol = (byte)filter.Protocol,
            idiag_states = StatesOf(filter.States),
            id = new()
            {
                idiag_sport = BigEndian(filter.LocalPort),
                idiag_dport = BigEndian(filter.RemotePort),
            },
        };
        writer.Header(in question);
    }

    public static bool TryRead(in NetlinkMessage message, SocketProtocol protocol, out SocketEntry socket)
    {
        inet_diag_msg header = message.Header<inet_diag_msg>();
        AddressFamily family = (AddressFamily)header.idiag_family;
        socket = new SocketEntry
        {
            Protocol = protocol,
            State = StateOf(header.idiag_state, protocol),
            LocalAddress = AddressOf(header.id.idiag_src, family),
            LocalPort = BigEndian(header.id.idiag_sport),
            RemoteAddress = AddressOf(header.id.idiag_dst, family),
            RemotePort = BigEndian(header.id.idiag_dport),
            InterfaceIndex = (int)header.id.idiag_if,
            UserId = header.idiag_uid,
            Inode = header.idiag_inode,
            Cookie = ((ulong)header.id.idiag_cookie.high << 32) | header.id.idiag_cookie.low,
        };
        return family is AddressFamily.IPv4 or AddressFamily.IPv6;
    }

    // The kernel tells of no other TCP socket that is closed but those that have a port.
    private static SocketState StateOf(byte state, SocketProtocol protocol) => (state, protocol) switch
    {
        (NewSynReceived, _) => SocketState.SynReceived,
        ((byte)SocketState.Closed, SocketProtocol.Tcp) => SocketState.Bound,
        _ => (SocketState)state,
    };

    private static uint StatesOf(IReadOnlyCollection<SocketState>? states) => states is null
        ? uint.MaxValue
        : states.Aggregate(0u, (all, state) =>
            all | (1u << (int)state) | (state == SocketState.SynReceived ? 1u << NewSynReceived : 0));

    private static InetAddress AddressOf(Guid bytes, AddressFamily family)
    {
        ReadOnlySpan<byte> all = MemoryMarshal.AsBytes(new ReadOnlySpan<Guid>(in bytes));
        return InetAddress.FromBytes(family == AddressFamily.IPv4 ? all[..4] : all);
    }

    private static ushort BigEndian(ushort value) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
}
