using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Operations;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Compares containers' egress with its desired state.</summary>
[Cmdlet(
    VerbsDiagnostic.Test,
    "ContainerEgress",
    DefaultParameterSetName = ParameterSet.ByName,
    HelpUri = DocumentationLink.Root + "Test-ContainerEgress.md")]
[OutputType(typeof(ContainerEgressTest))]
public sealed class TestContainerEgressCommand : ContainerEgressSelectionBase
{
    private AttachmentInspection? _inspection;

    [Parameter(Position = 0, ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [TextArgument(typeof(ContainerEgress))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AttachmentCompleter))]
    public override string[]? ContainerId { get; set; }

    private protected override void Process(ContainerEgress egress) => WriteObject(new ContainerEgressTest(
        egress, (_inspection ??= new AttachmentInspection(Kernel)).Inspect(egress.Attachment)));
}
