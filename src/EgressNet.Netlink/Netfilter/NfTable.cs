using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Netfilter;

/// <summary>A table: the room that chains and sets live in.</summary>
public sealed record NfTable
{
    /// <summary>Its family.</summary>
    public NfFamily Family { get; init; } = NfFamily.Inet;

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether its chains are not in effect.</summary>
    public bool IsDormant { get; init; }

    /// <summary>The kernel's own number for it, as read; 0 for one that is to be made.</summary>
    public ulong Handle { get; init; }

    /// <summary>How many chains, sets and objects it holds, as read.</summary>
    public uint Use { get; init; }

    /// <summary>Bytes kept with it.</summary>
    public NfUserData? UserData { get; init; }

    /// <summary>Attributes that no property models.</summary>
    public RawAttributes? Unknown { get; init; }
}
