using EgressNet.Netlink.Links;

namespace EgressNet.Veths;

/// <summary>A veth pair between the caller's namespace and a container's.</summary>
/// <param name="Host">The host's end.</param>
/// <param name="Container">The container's end, by its index in the container's namespace.</param>
internal sealed record VethPair(Link Host, Link Container);
