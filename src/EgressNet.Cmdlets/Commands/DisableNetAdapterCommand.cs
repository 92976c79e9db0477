using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Links;
using EgressNet.Netlink.Links;

namespace EgressNet.Commands;

/// <summary>Sets interfaces administratively down.</summary>
[Cmdlet(
    VerbsLifecycle.Disable,
    "NetAdapter",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByInputObject,
    HelpUri = DocumentationLink.Root + "Disable-NetAdapter.md")]
[OutputType(typeof(NetAdapter))]
public sealed class DisableNetAdapterCommand : NetAdapterChangeBase
{
    private protected override string Action => "Disable interface";

    private protected override Link Change(LinkSetting adapters, Link link) => adapters.Set(link, new LinkChange { Up = false });
}
