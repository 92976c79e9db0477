using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Netfilter;

/// <summary>A chain of rules: a base chain, which packets enter at a hook, or one that others jump to.</summary>
public sealed record NfChain
{
    /// <summary>The priority at which source NAT is done; <c>srcnat</c> to nft.</summary>
    public const int SourceNatPriority = 100;

    /// <summary>The family of its table.</summary>
    public NfFamily Family { get; init; } = NfFamily.Inet;

    /// <summary>Its table.</summary>
    public required string Table { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where packets enter it; null for one that others jump to.</summary>
    public NfHook? Hook { get; init; }

    /// <summary>Its place among the chains of the hook.</summary>
    public int Priority { get; init; }

    /// <summary>What kind of base chain: <c>filter</c>, <c>nat</c> or <c>route</c>.</summary>
    public string? Type { get; init; }

    /// <summary>What a base chain does at its end; null leaves it to the kernel, which accepts.</summary>
    public NfPolicy? Policy { get; init; }

    /// <summary>The one device of a base chain of devices.</summary>
    public string? Device { get; init; }

    /// <summary>The kernel's own number for it, as read; 0 for one that is to be made.</summary>
    public ulong Handle { get; init; }

    /// <summary>How many rules and jumps there are to it, as read.</summary>
    public uint Use { get; init; }

    /// <summary>Bytes kept with it.</summary>
    public NfUserData? UserData { get; init; }

    /// <summary>Attributes that no property models.</summary>
    public RawAttributes? Unknown { get; init; }
}
