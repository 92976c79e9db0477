using System.Collections;
using EgressNet.Attachments;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Transport;

namespace EgressNet.Completers;

/// <summary>Completes ids, networks and interface names of attached containers.</summary>
public sealed class AttachmentCompleter : OfferCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(string parameter, IDictionary bound)
    {
        using NetlinkConnection connection = NetlinkConnection.Open();
        return connection.Links.List("veth")
            .Select(link => (link.Name, Id: AttachmentId.FromAlias(link.Alias)))
            .Where(each => each.Id is not null)
            .Select(each => (TextOf(each.Id!, parameter), $"{each.Id} by {each.Name}"));
    }

    private static string TextOf(AttachmentId id, string parameter) => parameter switch
    {
        nameof(ContainerEgress.Network) => id.Network,
        nameof(ContainerEgress.Name) => id.InterfaceName,
        _ => id.ContainerId,
    };
}
