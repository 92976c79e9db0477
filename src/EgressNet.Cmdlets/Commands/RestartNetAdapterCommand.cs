using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Links;
using EgressNet.Netlink.Links;

namespace EgressNet.Commands;

/// <summary>Sets interfaces down and up again, and keeps their addresses and routes.</summary>
[Cmdlet(
    VerbsLifecycle.Restart,
    "NetAdapter",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByInputObject,
    HelpUri = DocumentationLink.Root + "Restart-NetAdapter.md")]
[OutputType(typeof(NetAdapter))]
public sealed class RestartNetAdapterCommand : NetAdapterChangeBase
{
    private protected override string Action => "Restart interface";

    private protected override Link Change(LinkSetting adapters, Link link) => adapters.Restart(link);
}
