using System.Text;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Neighbors;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Rules;
using EgressNet.Netlink.Tests.Fakes;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Tests.Wire;

/// <summary>Messages as hex, the way a capture shows them.</summary>
internal static class Encoded
{
    public delegate void Fill(ref NetlinkWriter writer);

    public static string Route(Route route) =>
        Message(RTM.RTM_NEWROUTE, (ref NetlinkWriter writer) => RouteMessage.Write(ref writer, route));

    public static string Address(InterfaceAddress address) =>
        Message(RTM.RTM_NEWADDR, (ref NetlinkWriter writer) => AddressMessage.Write(ref writer, address));

    public static string Neighbor(Neighbor neighbor) =>
        Message(RTM.RTM_NEWNEIGH, (ref NetlinkWriter writer) => NeighborMessage.Write(ref writer, neighbor));

    public static string Rule(RouteRule rule) =>
        Message(RTM.RTM_NEWRULE, (ref NetlinkWriter writer) => RouteRuleMessage.Write(ref writer, rule));

    public static string Veth(VethEnd end, VethEnd peer, bool up = false) =>
        Message(RTM.RTM_NEWLINK, (ref NetlinkWriter writer) => LinkMessage.WriteVeth(ref writer, end, peer, up));

    public static string Change(int index, LinkChange change) =>
        Message(RTM.RTM_SETLINK, (ref NetlinkWriter writer) => LinkMessage.WriteChange(ref writer, index, change));

    /// <summary>The message behind its netlink header, whose length is checked on the way.</summary>
    public static string Message(RTM type, Fill fill, int bufferLength = 4096)
    {
        byte[] buffer = new byte[bufferLength];
        Array.Fill(buffer, (byte)0xee);
        NetlinkWriter writer = new(buffer, (ushort)type, NLM_F.NLM_F_REQUEST, 7);
        fill(ref writer);
        string header = Convert.ToHexStringLower(Reply.Message((ushort)type, 7, writer.Written[16..], NLM_F.NLM_F_REQUEST));
        string whole = Convert.ToHexStringLower(writer.Written);
        Xunit.Assert.Equal(header, whole);
        return whole[32..];
    }

    /// <summary>Reads one message from hex behind its netlink header, padded to a datagram.</summary>
    public static byte[] Datagram(RTM type, string hex) => Reply.Message((ushort)type, 7, Bytes(hex));

    public static byte[] Bytes(string hex)
    {
        StringBuilder digits = new();
        foreach (char c in hex)
        {
            digits.Append(char.IsWhiteSpace(c) ? "" : c);
        }

        return Convert.FromHexString(digits.ToString());
    }

    public static string Hex(params string[] parts) => string.Concat(parts).Replace(" ", "", StringComparison.Ordinal);
}
