namespace EgressNet.Netlink.Netfilter;

/// <summary>A state of a namespace's nf_tables: the number moves with every transaction of anybody.</summary>
/// <param name="Id">The number, from 1.</param>
/// <param name="ProcessId">Who asked for it, or whose change it was in a notification.</param>
/// <param name="ProcessName">The same by name.</param>
public readonly record struct NfGeneration(uint Id, uint ProcessId = 0, string? ProcessName = null);
