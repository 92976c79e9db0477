using EgressNet.Transformations;
using System.Management.Automation;
using EgressNet.Abstractions;
using EgressNet.Attachments;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Operations;

namespace EgressNet.Commands;

/// <summary>Removes containers' egress, whether or not their namespaces are still there.</summary>
[Cmdlet(
    VerbsCommon.Remove,
    "ContainerEgress",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByInputObject,
    HelpUri = DocumentationLink.Root + "Remove-ContainerEgress.md")]
[OutputType(typeof(ContainerEgress))]
public sealed class RemoveContainerEgressCommand : ContainerEgressQueryCommand
{
    private bool _removedAny;
    private bool _foundNone;

    /// <summary>Ids of containers, or wildcards.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = ParameterSet.ByName,
        ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AttachmentCompleter))]
    public string[] ContainerId { get; set; } = [];

    /// <summary>Egress as New- and Get-ContainerEgress emit it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSet.ByInputObject, ValueFromPipeline = true)]
    [CopyTransformation(typeof(ContainerEgress))]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public ContainerEgress[] InputObject { get; set; } = [];

    /// <summary>Emit what was removed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private AttachmentRemoval Removal => new(Kernel, WriteVerbose);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IEnumerable<ContainerEgress> meant = InputObject;
        if (ParameterSetName == ParameterSet.ByName)
        {
            Attempt(ContainerId, () => meant = Find(ContainerId));
            _foundNone |= !meant.Any();
        }

        foreach (ContainerEgress egress in meant)
        {
            Attempt(egress, () => Remove(egress));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Attempt(null, () =>
        {
            if (_removedAny
                || (_foundNone && Removal.IsTableLeft() && ShouldProcess("the empty table egressnet", "Remove")))
            {
                Removal.RemoveTableIfEmpty();
            }
        });
    }

    private void Remove(ContainerEgress egress)
    {
        if (!ShouldProcess($"{egress.Attachment} by {egress.HostInterface ?? "no interface"}", "Remove container egress"))
        {
            return;
        }

        _removedAny = true;
        if (!Removal.Remove(egress.Attachment))
        {
            WriteError($"{egress} has no egress on this node any more."
                .ToNotFoundError(ErrorId.ContainerEgressNotFound, egress));
        }
        else if (PassThru)
        {
            WriteObject(egress);
        }
    }
}
