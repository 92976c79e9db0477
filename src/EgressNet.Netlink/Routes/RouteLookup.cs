using EgressNet.Netlink.Inet;

namespace EgressNet.Netlink.Routes;

/// <summary>A packet that a way is looked for, as <c>ip route get</c> describes one. What is left out is not asked
/// for.</summary>
public readonly record struct RouteLookup
{
    /// <summary>Where it goes.</summary>
    public required InetAddress Destination { get; init; }

    /// <summary>Where it comes from: an own address, unless it comes in by <see cref="IncomingIndex"/>. None for
    /// any.</summary>
    public InetAddress Source { get; init; }

    /// <summary>The interface that it has to leave by; 0 for any.</summary>
    public int InterfaceIndex { get; init; }

    /// <summary>The interface that it came in by, to be forwarded; 0 for one of this host's own. IPv4 then needs a
    /// source.</summary>
    public int IncomingIndex { get; init; }

    /// <summary>The firewall mark that it has, for rules that go by it; null for none.</summary>
    public uint? Mark { get; init; }

    /// <summary>The user id of the socket that sends it, for rules that go by it; null for none. Linux 4.10.</summary>
    public uint? UserId { get; init; }

    /// <summary>True for the table's own entry, as it can be deleted (RTM_F_FIB_MATCH, Linux 4.13); false for what comes of
    /// it, with its source address.</summary>
    public bool AsStored { get; init; }
}
