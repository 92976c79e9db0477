using EgressNet.Errors;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Neighbors;

namespace EgressNet.Arguments;

/// <summary>What is asked of a neighbor, beside the interface that it is behind.</summary>
internal static class NeighborArgument
{
    private const LinkFlags OneEntry = LinkFlags.Loopback | LinkFlags.PointToPoint;

    /// <exception cref="ErrorRecordException">The kernel would keep something else, or half of it.</exception>
    public static void ThrowIfInvalid(
        InetAddress address, bool isProxy, LinkLayerAddress linkLayerAddress, NeighborState state, Link link, object target)
    {
        string? fault = isProxy switch
        {
            true when !linkLayerAddress.IsNone => $"LinkLayerAddress '{linkLayerAddress}': a proxy entry has none.",
            true when state != NeighborState.None => $"State '{state}': a proxy entry has none.",
            true => null,
            false when address.Family == AddressFamily.IPv4 && (link.Flags & OneEntry) != 0 =>
                $"IPAddress '{address}': {link.Name} has no neighbors. The kernel would keep one entry for all addresses.",
            false when linkLayerAddress.IsNone && Neighbor.HasAddressIn(state) =>
                $"LinkLayerAddress is missing: State '{state}' needs one.",
            false when !linkLayerAddress.IsNone && !Neighbor.HasAddressIn(state) =>
                $"LinkLayerAddress '{linkLayerAddress}': State '{state}' has none.",
            false when link.MacAddress is not null && linkLayerAddress.Length is not (0 or 6) =>
                $"LinkLayerAddress '{linkLayerAddress}' is of {linkLayerAddress.Length} bytes, and {link.Name} takes 6.",
            _ => null,
        };
        if (fault is not null)
        {
            throw new ErrorRecordException(fault.ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, target));
        }
    }
}
