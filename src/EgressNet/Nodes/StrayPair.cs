using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Records;

namespace EgressNet.Nodes;

/// <summary>A pair whose host's end was moved to another namespace. It is found by its container's end.</summary>
/// <param name="End">The container's end.</param>
/// <param name="NamespaceNumber">The number by which the node's namespace knows that end's.</param>
internal sealed record StrayPair(Link End, int NamespaceNumber)
{
    /// <summary>Finds the pair of a record, whose host's end is not to be found. A namespace that is gone took its
    /// interfaces along, and each of them its other end.</summary>
    /// <returns>Null where there is none.</returns>
    public static StrayPair? Find(EgressKernel kernel, AttachmentRecord? record) => record switch
    {
        { ContainerIndex: { } index, NamespaceNumber: { } number } =>
            Of(kernel, record, kernel.Host.Links.FindIn(number, index), number),
        { HostIndex: null, Attachment: { IsDeclared: true, Namespace: { } ns } } => FindIn(kernel, record, ns),
        _ => null,
    };

    // Its record is lost, and only who wants something of it knows it.
    private static StrayPair? FindIn(EgressKernel kernel, AttachmentRecord record, NamespaceReference ns)
    {
        try
        {
            using NetNamespaceHandle handle = ns.Open();
            if (kernel.Host.Links.NamespaceIdOf(handle) is not { } number)
            {
                return null;
            }

            using NetlinkConnection container = kernel.Open(ns);
            return Of(kernel, record, container.Links.Find(record.Attachment.Id.InterfaceName), number);
        }
        catch (NetNamespaceException gone) when (!gone.IsExhausted)
        {
            return null;
        }
    }

    // Whatever its address is by now, the other end keeps its index wherever that is free.
    private static StrayPair? Of(EgressKernel kernel, AttachmentRecord record, Link? end, int number) =>
        end?.Kind == "veth" && (end.MacAddress == record.Attachment.MacAddress || end.PeerIndex == record.HostIndex)
            && !IsOfNode(kernel, end)
                ? new StrayPair(end, number)
                : null;

    // The alias says whose it is there.
    private static bool IsOfNode(EgressKernel kernel, Link end) =>
        kernel.Host.Links.Find(end.PeerIndex) is { Kind: "veth" } host && host.PeerIndex == end.Index;
}
