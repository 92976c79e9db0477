using System.Management.Automation;
using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Transformations;

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
    /// <summary>Ids of containers, or wildcards.</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [TextArgument]
    [ArgumentCompleter(typeof(AttachmentCompleter))]
    public override string[]? ContainerId { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Attempt(ContainerId, () => WriteObject(Find(), enumerateCollection: true));
}
