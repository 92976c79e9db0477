using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Conntrack;

/// <summary>The packets of one direction of a tracked connection.</summary>
internal sealed record ConntrackTuple
{
    /// <summary>Where they come from.</summary>
    public InetAddress Source { get; init; }

    /// <summary>Where they go.</summary>
    public InetAddress Destination { get; init; }

    /// <summary>Their protocol by its number: 6 for TCP, 17 for UDP, 1 for ICMP, 58 for ICMPv6.</summary>
    public byte Protocol { get; init; }

    /// <summary>The port that they come from; null for protocols without ports.</summary>
    public ushort? SourcePort { get; init; }

    /// <summary>The port that they go to; null for protocols without ports.</summary>
    public ushort? DestinationPort { get; init; }

    /// <summary>The type of ICMP or ICMPv6; null for other protocols.</summary>
    public byte? IcmpType { get; init; }

    /// <summary>The code of ICMP or ICMPv6; null for other protocols.</summary>
    public byte? IcmpCode { get; init; }

    /// <summary>The identifier of ICMP or ICMPv6; null for other protocols.</summary>
    public ushort? IcmpId { get; init; }

    /// <summary>The zone of this direction only; 0 for none, or for that of the entry.</summary>
    public ushort Zone { get; init; }

    /// <summary>Attributes of the protocol that no property models.</summary>
    public RawAttributes? UnknownOfProtocol { get; init; }

    /// <summary>Attributes that no property models.</summary>
    public RawAttributes? Unknown { get; init; }
}
