using System.Runtime.InteropServices;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Tests.Fakes;

/// <summary>One request as it went out.</summary>
internal sealed record SentMessage(ushort Type, NLM_F Flags, uint Sequence, byte[] Bytes)
{
    public static List<SentMessage> Of(ReadOnlySpan<byte> datagram)
    {
        List<SentMessage> messages = [];
        while (!datagram.IsEmpty)
        {
            nlmsghdr header = MemoryMarshal.Read<nlmsghdr>(datagram);
            byte[] bytes = datagram[..(int)header.nlmsg_len].ToArray();
            messages.Add(new(header.nlmsg_type, (NLM_F)header.nlmsg_flags, header.nlmsg_seq, bytes));
            datagram = datagram[Math.Min(NetlinkAlignment.Align(bytes.Length), datagram.Length)..];
        }

        return messages;
    }
}
