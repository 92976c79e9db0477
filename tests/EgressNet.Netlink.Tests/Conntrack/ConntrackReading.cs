using EgressNet.Netlink.Conntrack;
using EgressNet.Netlink.Inet;

namespace EgressNet.Netlink.Tests.Conntrack;

internal static class ConntrackReading
{
    /// <summary>The entries in which an address is at either end of either direction.</summary>
    public static ConntrackEntry[] ListOf(this ConntrackOperations conntrack, InetAddress address) =>
        [.. conntrack.ListOf([address], count: 0)];

    public static bool Concerns(this ConntrackEntry entry, InetAddress address) =>
        new[] { entry.Original.Source, entry.Original.Destination, entry.Reply.Source, entry.Reply.Destination }.Contains(address);
}
