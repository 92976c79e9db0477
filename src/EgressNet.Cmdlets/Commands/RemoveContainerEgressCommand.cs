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
    private readonly List<ContainerEgress> _pending = [];
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
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = ParameterSet.ByInputObject,
        ValueFromPipeline = true)]
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
            string target = $"{egress.Attachment} by {egress.HostInterface ?? "no interface"}";
            if (ShouldProcess(target, "Remove container egress"))
            {
                _pending.Add(egress);
                if (_pending.Count >= (AsksForEach || StopsOnError ? 1 : AttachmentRemoval.Most))
                {
                    RemovePending();
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        RemovePending();
        Attempt(null, () =>
        {
            if (_removedAny
                || (_foundNone && Removal.IsTableLeft() && ShouldProcess("the empty table egressnet", "Remove")))
            {
                Removal.RemoveTableIfEmpty();
            }
        });
    }

    private void RemovePending() => Attempt(null, () =>
    {
        ContainerEgress[] meant = [.. _pending];
        _pending.Clear();
        _removedAny |= meant.Length > 0;
        foreach ((ContainerEgress egress, RemovalResult result) in
            meant.Zip(Removal.Remove([.. meant.Select(each => each.Attachment)])))
        {
            Tell(egress, result);
        }
    });

    private void Tell(ContainerEgress egress, RemovalResult result)
    {
        if (result.Fault is not null)
        {
            WriteFault(result.Fault, egress);
        }
        else if (!result.WasThere && ParameterSetName == ParameterSet.ByName)
        {
            WriteVerbose($"{egress} is gone already");
        }
        else if (!result.WasThere)
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
