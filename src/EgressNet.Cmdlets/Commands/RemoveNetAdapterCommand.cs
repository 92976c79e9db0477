using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Links;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;

namespace EgressNet.Commands;

/// <summary>Deletes interfaces.</summary>
[Cmdlet(
    VerbsCommon.Remove,
    "NetAdapter",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByInputObject,
    HelpUri = DocumentationLink.Root + "Remove-NetAdapter.md")]
[OutputType(typeof(NetAdapter))]
public sealed class RemoveNetAdapterCommand : NetAdapterSelectionBase
{
    private readonly HashSet<(NetNamespaceIdentity?, int)> _otherEnds = [];

    private protected override string Action => "Remove interface";

    private protected override bool HasGone(NetAdapter adapter)
    {
        if (!_otherEnds.Contains((Session.Identity, adapter.InterfaceIndex))
            || Session.Connection.Links.Find(adapter.InterfaceIndex) is not null)
        {
            return false;
        }

        WriteVerbose($"link {adapter.Name} went with its other end");
        Emit(adapter);
        return true;
    }

    private protected override void Act(Link link)
    {
        new LinkCreation(Session.Conversation, Report).Delete(link);
        if (link.Kind is "veth" or "netkit" && link.PeerNamespaceId is null)
        {
            _otherEnds.Add((Session.Identity, link.PeerIndex));
        }

        Emit(Session.ToOutput(link));
    }
}
