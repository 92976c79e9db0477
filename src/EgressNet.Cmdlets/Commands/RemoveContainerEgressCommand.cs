using System.Management.Automation;
using System.Runtime.ExceptionServices;
using EgressNet.Arguments;
using EgressNet.Attachments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Operations;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Removes containers' egress, whether or not their namespaces are still there.</summary>
[Cmdlet(
    VerbsCommon.Remove,
    "ContainerEgress",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByInputObject,
    HelpUri = DocumentationLink.Root + "Remove-ContainerEgress.md")]
[OutputType(typeof(ContainerEgress))]
public sealed class RemoveContainerEgressCommand : ContainerEgressQueryBase
{
    private readonly List<ContainerEgress> _pending = [];
    private readonly Queue<(ContainerEgress Egress, RemovalResult Result)> _done = [];
    private readonly HashSet<string> _warnings = [];
    private bool _removedAny;
    private bool _foundNone;
    private bool _hasEnded;
    private ExceptionDispatchInfo? _interruption;

    /// <summary>Ids of containers, or wildcards.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = ParameterSet.ByName,
        ValueFromPipelineByPropertyName = true)]
    [TextArgument]
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
    [ArgumentCompleter(typeof(NameOrObjectCompleter<AttachmentCompleter>))]
    public ContainerEgress[] InputObject { get; set; } = [];

    /// <summary>Emit what was removed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private AttachmentRemoval Removal => new(Kernel, Say);

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
            string target = $"{egress.Attachment} {(egress.HostInterface is { } host ? $"by {host}" : "(host interface missing)")}";
            bool isGone = false;
            Attempt(egress, () => Foresee(() => isGone = !IsThere(egress.Attachment.Id)));
            if (isGone)
            {
                WriteFault(Gone(egress), egress);
            }
            else if (ShouldProcess(target, "Remove container egress"))
            {
                _pending.Add(egress);
                if (_pending.Count >= (AsksForEach ? 1 : AttachmentRemoval.MaxTogether))
                {
                    RemovePending();
                    Tell();
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        RemovePending();
        Attempt(null, () => _removedAny |=
            _foundNone && !_removedAny && Removal.IsTableLeft() && ShouldProcess("the empty table egressnet", "Remove"));
        RemoveTable();
        Tell();
    }

    /// <summary>Does and tells what the pipeline left when it ended early: it was announced.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hasEnded = true;
            RemovePending();
            RemoveTable();
            Tell();
        }

        base.Dispose(disposing);
    }

    private static ErrorRecordException Gone(ContainerEgress egress) =>
        new($"{egress} has no egress on this node any more."
            .ToNotFoundError(ErrorId.ContainerEgressNotFound, egress));

    private bool IsThere(AttachmentId id) =>
        new AttachmentReader(Kernel).Read(id.ContainerId, each => each == id).Any();

    private void RemovePending()
    {
        ContainerEgress[] meant = [.. _pending];
        _pending.Clear();
        _removedAny |= meant.Length > 0;
        List<(ContainerEgress Egress, RemovalResult Result)> all = [];
        try
        {
            foreach (RemovalResult result in Removal.Remove([.. meant.Select(each => each.Attachment)]))
            {
                all.Add((meant[all.Count], result));
            }
        }
        catch (Exception fault) when (ToError(fault, null) is not null)
        {
            all.AddRange(meant.Skip(all.Count).Select(
                left => (left, new RemovalResult(left.Attachment, WasThere: true, fault))));
        }

        // With -ErrorAction Stop the first error is the last thing that is told.
        foreach ((ContainerEgress, RemovalResult Result) each in
            all.OrderBy(each => StopsOnError && each.Result is not { WasThere: true, Fault: null }))
        {
            _done.Enqueue(each);
        }
    }

    private void RemoveTable()
    {
        if (_removedAny)
        {
            _removedAny = false;
            Conclude(_hasEnded, () => Removal.RemoveTableIfEmpty());
        }
    }

    // What is told may end the pipeline; the rest is told at the end then.
    private void Tell()
    {
        if (!_hasEnded)
        {
            _interruption?.Throw();
        }

        while (_done.TryDequeue(out (ContainerEgress Egress, RemovalResult Result) each))
        {
            Tell(each.Egress, each.Result);
        }
    }

    private void Tell(ContainerEgress egress, RemovalResult result)
    {
        if (result.Warning is { } warning && !_hasEnded && _warnings.Add(warning))
        {
            WriteWarning(warning);
        }

        if (result.Fault is not null)
        {
            WriteFault(result.Fault, egress, _hasEnded);
        }
        else if (!result.WasThere && ParameterSetName == ParameterSet.ByName)
        {
            Say($"{egress} is gone already");
        }
        else if (!result.WasThere)
        {
            WriteFault(Gone(egress), egress, _hasEnded);
        }
        else if (PassThru && !_hasEnded)
        {
            WriteObject(egress);
        }
    }

    private protected override void Warn(string text) => Say(text, WriteWarning);

    private void Say(string text) => Say(text, WriteVerbose);

    // A pipeline that ends here does not tear a removal apart.
    private void Say(string text, Action<string> write)
    {
        if (_hasEnded || _interruption is not null)
        {
            return;
        }

        try
        {
            write(text);
        }
        catch (RuntimeException ended)
        {
            _interruption = ExceptionDispatchInfo.Capture(ended);
        }
    }
}
