using System.Collections;
using EgressNet.Attachments;
using EgressNet.Nodes;
using EgressNet.Operations;

namespace EgressNet.Completers;

/// <summary>Completes ids, networks and interface names of attached containers, also of those that have nothing but
/// source NAT left.</summary>
internal sealed class AttachmentCompleter : OfferCompleterBase
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(string parameter, IDictionary bound)
    {
        using EgressKernel kernel = new();
        return
        [
            .. new AttachmentReader(kernel).Read()
                .Select(found => (Id: found.Attachment.Id, By: found.Host?.Name ?? "no interface"))
                .Select(each => (TextOf(each.Id, parameter), $"{each.Id} by {each.By}")),
        ];
    }

    private static string TextOf(AttachmentId id, string parameter) => parameter switch
    {
        nameof(ContainerEgress.Network) => id.Network,
        nameof(ContainerEgress.Name) => id.InterfaceName,
        _ => id.ContainerId,
    };
}
