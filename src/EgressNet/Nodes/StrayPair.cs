using EgressNet.Netlink.Links;
using EgressNet.Records;

namespace EgressNet.Nodes;

/// <summary>A pair whose host's end somebody moved to another namespace. It is known by its container's end.</summary>
/// <param name="End">The container's end.</param>
/// <param name="NamespaceNumber">The number by which the node's namespace knows that end's.</param>
internal sealed record StrayPair(Link End, int NamespaceNumber)
{
    /// <summary>Finds the pair of a record, whose host's end is not to be found. A namespace that is gone took its
    /// interfaces along, and each of them its other end.</summary>
    /// <returns>Null where there is none.</returns>
    public static StrayPair? Find(EgressKernel kernel, AttachmentRecord? record) =>
        record is { ContainerIndex: { } index, NamespaceNumber: { } number }
        && kernel.Host.Links.FindIn(number, index) is { Kind: "veth" } end
        && end.MacAddress == record.Attachment.MacAddress && !IsOfNode(kernel, end)
            ? new StrayPair(end, number)
            : null;

    // The alias says whose it is there.
    private static bool IsOfNode(EgressKernel kernel, Link end) =>
        kernel.Host.Links.Find(end.PeerIndex) is { Kind: "veth" } host && host.PeerIndex == end.Index;
}
