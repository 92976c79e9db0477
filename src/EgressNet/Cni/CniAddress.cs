using EgressNet.Netlink.Inet;

namespace EgressNet.Cni;

/// <summary>One address of a CNI result, with the gateway that goes with it.</summary>
/// <param name="Address">The address with its prefix length.</param>
/// <param name="Gateway">The gateway, of the same family.</param>
public sealed record CniAddress(InetPrefix Address, InetAddress Gateway);
