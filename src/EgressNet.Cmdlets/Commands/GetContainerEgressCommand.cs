using EgressNet.Arguments;
using EgressNet.Bases;

namespace EgressNet.Commands;

/// <summary>Lists the containers' egress on this node.</summary>
[Cmdlet(
    VerbsCommon.Get,
    "ContainerEgress",
    DefaultParameterSetName = ParameterSet.ByName,
    HelpUri = DocumentationLink.Root + "Get-ContainerEgress.md")]
[OutputType(typeof(ContainerEgress))]
public sealed class GetContainerEgressCommand : ContainerEgressQueryBase
{
    protected override void ProcessRecord() =>
        Attempt(ContainerId, () => WriteObject(Find(), enumerateCollection: true));
}
