using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Conntrack;

/// <summary>A tracked connection.</summary>
internal sealed record ConntrackEntry
{
    /// <summary>The packets of who began it, before any translation of addresses.</summary>
    public required ConntrackTuple Original { get; init; }

    /// <summary>The packets that answer, before any translation back: without translation <see cref="Original"/> with
    /// its ends swapped.</summary>
    public required ConntrackTuple Reply { get; init; }

    /// <summary>The zone of both directions; 0 for the default.</summary>
    public ushort Zone { get; init; }

    /// <summary>The kernel's own number for it, as read; another entry of the same packets has another, unless it
    /// came to be in the very same memory.</summary>
    public uint? Id { get; init; }

    /// <summary>Whether a packet came back (IPS_SEEN_REPLY).</summary>
    public bool IsAnswered { get; init; }

    /// <summary>Attributes that no property models: state, time to live, mark, counters and others.</summary>
    public RawAttributes? Unknown { get; init; }
}
