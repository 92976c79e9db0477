using EgressNet.Netlink.Inet;

namespace EgressNet.Cni;

/// <summary>One address of a CNI result, with what goes with it.</summary>
/// <param name="Address">The address with its prefix length.</param>
/// <param name="Gateway">The gateway, of the same family; none where the result names none.</param>
/// <param name="Sandbox">The path of the network namespace of the interface that has it; null where the result names
/// none.</param>
public sealed record CniAddress(InetPrefix Address, InetAddress Gateway, string? Sandbox = null);
