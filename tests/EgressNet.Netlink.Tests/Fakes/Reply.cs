using System.Runtime.InteropServices;
using System.Text;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Tests.Fakes;

/// <summary>What a kernel would answer, put together byte by byte without the writer under test.</summary>
internal static class Reply
{
    public static byte[] Message(ushort type, uint sequence, ReadOnlySpan<byte> payload, NLM_F flags = 0) =>
        Padded([
            .. BitConverter.GetBytes(16 + payload.Length), .. BitConverter.GetBytes(type),
            .. BitConverter.GetBytes((ushort)flags), .. BitConverter.GetBytes(sequence), 0, 0, 0, 0, .. payload]);

    public static byte[] Attribute(int type, ReadOnlySpan<byte> payload) =>
        Padded([
            .. BitConverter.GetBytes((ushort)(4 + payload.Length)), .. BitConverter.GetBytes((ushort)type), .. payload]);

    public static byte[] Attribute(int type, uint value) => Attribute(type, BitConverter.GetBytes(value));

    public static byte[] Text(int type, string text) => Attribute(type, [.. Encoding.UTF8.GetBytes(text), 0]);

    public static byte[] Ack(uint sequence) =>
        Message((ushort)NLMSG.NLMSG_ERROR, sequence, new byte[20], NLM_F.NLM_F_CAPPED);

    /// <summary>A refusal; the request's header alone comes back, as NETLINK_CAP_ACK asks.</summary>
    public static byte[] Error(SentMessage request, int errno, params byte[] details) =>
        Message(
            (ushort)NLMSG.NLMSG_ERROR,
            request.Sequence,
            [.. BitConverter.GetBytes(-errno), .. request.Bytes.AsSpan(0, 16), .. details],
            NLM_F.NLM_F_CAPPED | (details.Length > 0 ? NLM_F.NLM_F_ACK_TLVS : 0));

    /// <summary>A refusal with the whole request in it.</summary>
    public static byte[] UncappedError(SentMessage request, int errno, params byte[] details) =>
        Message(
            (ushort)NLMSG.NLMSG_ERROR,
            request.Sequence,
            [.. BitConverter.GetBytes(-errno), .. Padded(request.Bytes), .. details],
            details.Length > 0 ? NLM_F.NLM_F_ACK_TLVS : 0);

    public static byte[] Done(uint sequence, int errno = 0, NLM_F flags = 0, params byte[] details) =>
        Message(
            (ushort)NLMSG.NLMSG_DONE,
            sequence,
            [.. BitConverter.GetBytes(-errno), .. details],
            flags | NLM_F.NLM_F_MULTI | (details.Length > 0 ? NLM_F.NLM_F_ACK_TLVS : 0));

    public static byte[] Link(uint sequence, int index, string name, NLM_F flags = 0)
    {
        ifinfomsg header = new() { ifi_index = index, ifi_type = 1 };
        return Message((ushort)RTM.RTM_NEWLINK, sequence, [.. Bytes(header), .. Text((int)IFLA.IFLA_IFNAME, name)], flags);
    }

    public static byte[] Route(uint sequence, string prefix, NLM_F flags = NLM_F.NLM_F_MULTI)
    {
        InetPrefix destination = InetPrefix.Parse(prefix);
        rtmsg header = new()
        {
            rtm_family = (byte)destination.Family,
            rtm_dst_len = destination.Length,
            rtm_table = (byte)RouteTable.Main,
            rtm_type = (byte)RouteType.Unicast,
        };
        byte[] address = new byte[destination.Address.BitLength / 8];
        destination.Address.WriteBytes(address);
        return Message(
            (ushort)RTM.RTM_NEWROUTE, sequence, [.. Bytes(header), .. Attribute((int)RTA.RTA_DST, address)], flags);
    }

    public static byte[] Datagram(params byte[][] messages) => [.. messages.SelectMany(message => message)];

    public static byte[] Bytes<T>(T value) where T : unmanaged
    {
        byte[] bytes = new byte[Marshal.SizeOf<T>()];
        MemoryMarshal.Write(bytes, in value);
        return bytes;
    }

    private static byte[] Padded(byte[] bytes) => [.. bytes, .. new byte[NetlinkAlignment.Align(bytes.Length) - bytes.Length]];
}
