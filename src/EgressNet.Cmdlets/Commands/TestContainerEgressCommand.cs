using System.Management.Automation;
using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Operations;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Compares containers' egress with how it is meant to be.</summary>
[Cmdlet(
    VerbsDiagnostic.Test,
    "ContainerEgress",
    DefaultParameterSetName = ParameterSet.ByName,
    HelpUri = DocumentationLink.Root + "Test-ContainerEgress.md")]
[OutputType(typeof(ContainerEgressTest))]
public sealed class TestContainerEgressCommand : ContainerEgressQueryBase
{
    private AttachmentInspection? _inspection;

    /// <summary>Ids of containers, or wildcards; without it, all.</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [TextArgument(typeof(ContainerEgress))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AttachmentCompleter))]
    public string[]? ContainerId { get; set; }

    /// <summary>Egress as New- and Get-ContainerEgress emit it.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = ParameterSet.ByInputObject,
        ValueFromPipeline = true)]
    [CopyTransformation(typeof(ContainerEgress))]
    [ArgumentCompleter(typeof(NameOrObjectCompleter<AttachmentCompleter>))]
    public ContainerEgress[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IEnumerable<ContainerEgress> meant = InputObject;
        if (ParameterSetName == ParameterSet.ByName)
        {
            Attempt(ContainerId, () => meant = Find(ContainerId));
        }

        foreach (ContainerEgress egress in meant)
        {
            Attempt(egress, () => WriteObject(new ContainerEgressTest(
                egress, (_inspection ??= new AttachmentInspection(Kernel)).Inspect(egress.Attachment))));
        }
    }
}
