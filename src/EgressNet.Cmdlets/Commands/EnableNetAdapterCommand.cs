using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Links;
using EgressNet.Netlink.Links;

namespace EgressNet.Commands;

/// <summary>Sets interfaces administratively up.</summary>
[Cmdlet(
    VerbsLifecycle.Enable,
    "NetAdapter",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByInputObject,
    HelpUri = DocumentationLink.Root + "Enable-NetAdapter.md")]
[OutputType(typeof(NetAdapter))]
public sealed class EnableNetAdapterCommand : NetAdapterChangeBase
{
    private protected override string Action => "Enable interface";

    private protected override Link Change(LinkSetting adapters, Link link) => adapters.Set(link, new LinkChange { Up = true });
}
