using EgressNet.Netlink.Inet;

namespace EgressNet.Nat;

/// <summary>A metadata address beside <see cref="MetadataAddress.All"/> that an attachment is kept from. It goes by the
/// group of the host's end, since a container can forge its address but not the interface, and somebody may rename that.
/// </summary>
/// <param name="Group">The attachment's own group: see <see cref="EgressGroup.OfOne"/>.</param>
/// <param name="Address">The metadata address.</param>
internal sealed record MetadataPair(uint Group, InetAddress Address);
