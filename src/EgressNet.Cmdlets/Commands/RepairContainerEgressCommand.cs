using EgressNet.Arguments;
using EgressNet.Attachments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Operations;
using EgressNet.Plans;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Restores the desired state of containers' egress, changing only what differs.</summary>
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
            foreach (EgressFinding left in findings.Where(each =>
                each.Kind is EgressFindingKind.ForwardDropped or EgressFindingKind.UplinkForwarding))
            {
                WriteWarning($"{left}. EgressNet does not change what is of other programs.");
            }

            if (PassThru)
            {
                WriteObject(egress);
            }
        }
    }
}
