using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace EgressNet.Tests.Traffic;

/// <summary>Packets of no connection, as whoever has a raw socket can send them.</summary>
internal static class Packet
{
    private const int Syn = 2, Ack = 16, Rst = 4, Fin = 1;

    /// <summary>What conntrack takes for no part of a connection, by name.</summary>
    public static IEnumerable<(string Name, ProtocolType Protocol, byte[] Bytes)> Invalid(
        Numbers numbers, IPAddress source, IPAddress destination)
    {
        foreach ((string name, int flags) in
            ((string, int)[])[("RST", Rst), ("SYN+ACK", Syn | Ack), ("FIN+ACK", Fin | Ack), ("RST+ACK", Rst | Ack)])
        {
            yield return (name, ProtocolType.Tcp, Tcp(source, destination, flags));
        }

        ProtocolType icmp = numbers.IsIPv4 ? ProtocolType.Icmp : ProtocolType.IcmpV6;
        yield return ("echo reply", icmp, Icmp(numbers, source, destination, numbers.IsIPv4 ? 0 : 129, []));
        byte[] inner = Ip(numbers, destination, source, Udp());
        yield return ("port unreachable", icmp, Icmp(numbers, source, destination, numbers.IsIPv4 ? 3 : 1, inner));
    }

    private static byte[] Tcp(IPAddress source, IPAddress destination, int flags)
    {
        byte[] segment = new byte[20];
        BinaryPrimitives.WriteUInt16BigEndian(segment, 4444);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), 5555);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(4), 1000);
        segment[12] = 5 << 4;
        segment[13] = (byte)flags;
        BinaryPrimitives.WriteUInt16BigEndian(
            segment.AsSpan(16), Checksum([.. Pseudo(source, destination, segment.Length, 6), .. segment]));
        return segment;
    }

    private static byte[] Icmp(Numbers numbers, IPAddress source, IPAddress destination, int type, byte[] inner)
    {
        byte[] message = [(byte)type, (byte)(inner.Length > 0 ? numbers.IsIPv4 ? 3 : 4 : 0), 0, 0, 0, 7, 0, 1, .. inner];
        byte[] pseudo = numbers.IsIPv4 ? [] : Pseudo(source, destination, message.Length, 58);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), Checksum([.. pseudo, .. message]));
        return message;
    }

    private static byte[] Udp() => [0x30, 0x39, 0x30, 0x3a, 0, 12, 0, 0, 1, 2, 3, 4];

    private static byte[] Ip(Numbers numbers, IPAddress source, IPAddress destination, byte[] payload)
    {
        if (!numbers.IsIPv4)
        {
            return
            [
                0x60, 0, 0, 0, 0, (byte)payload.Length, 17, 64, .. source.GetAddressBytes(), .. destination.GetAddressBytes(),
                .. payload,
            ];
        }

        byte[] header =
        [
            0x45, 0, 0, (byte)(20 + payload.Length), 0, 1, 0, 0, 64, 17, 0, 0, .. source.GetAddressBytes(),
            .. destination.GetAddressBytes(),
        ];
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(10), Checksum(header));
        return [.. header, .. payload];
    }

    private static byte[] Pseudo(IPAddress source, IPAddress destination, int length, byte protocol) =>
        [.. source.GetAddressBytes(), .. destination.GetAddressBytes(), 0, protocol, (byte)(length >> 8), (byte)length];

    private static ushort Checksum(byte[] bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i += 2)
        {
            sum += (uint)(bytes[i] << 8 | (i + 1 < bytes.Length ? bytes[i + 1] : 0));
        }

        while (sum >> 16 != 0)
        {
            sum = (sum & 0xffff) + (sum >> 16);
        }

        return (ushort)~sum;
    }
}
