using EgressNet.Netlink.Inet;

namespace EgressNet.Cni;

/// <summary>One route of a CNI result.</summary>
/// <param name="Destination">The destination, without host bits.</param>
/// <param name="Gateway">The gateway; none where the result leaves it to the addresses' gateway.</param>
public sealed record CniRoute(InetPrefix Destination, InetAddress Gateway);
