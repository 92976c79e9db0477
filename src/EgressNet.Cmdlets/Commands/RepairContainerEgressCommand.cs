using EgressNet.Arguments;
using EgressNet.Attachments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Operations;
using EgressNet.Plans;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Brings containers' egress back to how it is meant to be, and touches only what differs.</summary>
[Cmdlet(
    VerbsDiagnostic.Repair,
    "ContainerEgress",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByInputObject,
    HelpUri = DocumentationLink.Root + "Repair-ContainerEgress.md")]
[OutputType(typeof(ContainerEgress))]
public sealed class RepairContainerEgressCommand : ContainerEgressChangeBase
{
    private AttachmentInspection? _inspection;

    /// <summary>Egress as New- and Get-ContainerEgress emit it, or what Test-ContainerEgress found of it.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = ParameterSet.ByInputObject,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Alias("ContainerEgress")]
    [CopyTransformation(typeof(ContainerEgress))]
    [ArgumentCompleter(typeof(NameOrObjectCompleter<AttachmentCompleter>))]
    public override ContainerEgress[] InputObject { get; set; } = [];

    private protected override void Process(ContainerEgress egress)
    {
        EgressPlan plan = new(egress.Attachment);
        IReadOnlyList<EgressFinding> findings =
            (_inspection ??= new AttachmentInspection(Kernel)).Inspect(egress.Attachment);
        if (findings.Count == 0)
        {
            WriteVerbose($"{egress} is in the desired state.");
            return;
        }

        if (ShouldProcess($"{egress}: {string.Join("; ", findings)}", "Repair container egress"))
        {
            new AttachmentRepair(Kernel, Report, StopToken).Repair(plan);
            foreach (EgressFinding left in findings.Where(each => each.Kind == EgressFindingKind.ForwardDropped))
            {
                WriteWarning($"{left}. This is not EgressNet's to repair.");
            }

            if (PassThru)
            {
                WriteObject(egress);
            }
        }
    }
}
