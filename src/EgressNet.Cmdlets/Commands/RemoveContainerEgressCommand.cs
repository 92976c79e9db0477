using System.Runtime.ExceptionServices;
using EgressNet.Arguments;
using EgressNet.Attachments;
using EgressNet.Bases;
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
public sealed class RemoveContainerEgressCommand : ContainerEgressChangeBase
{
    private readonly List<ContainerEgress> _pending = [];
    private readonly Queue<(ContainerEgress Egress, RemovalResult Result)> _done = [];
    private readonly HashSet<string> _warnings = [];
    private bool _removedAny;
    private bool _found;
    private bool _foundNone;
    private bool _hasEnded;
    private ExceptionDispatchInfo? _interruption;

    private AttachmentRemoval Removal => new(Kernel, Say, StopToken);

    protected override void ProcessRecord()
    {
        _found = false;
        base.ProcessRecord();
        _foundNone |= ParameterSetName == ParameterSet.ByName && !_found;
    }

    private protected override void Process(ContainerEgress egress)
    {
        _found = true;
        Foresee(() =>
        {
            if (!IsThere(egress.Attachment.Id))
            {
                throw NotFound(egress);
            }
        });
        string by = egress.HostInterface is { } host ? $"by {host}" : "(host interface missing)";
        if (ShouldProcess($"{egress.Attachment} {by}", "Remove container egress"))
        {
            _pending.Add(egress);
            if (_pending.Count >= (AsksForEach ? 1 : AttachmentRemoval.MaxTogether))
            {
                RemovePending();
                Tell();
            }
        }
    }

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

    private static ErrorRecordException NotFound(ContainerEgress egress) =>
        new($"{egress} has no egress on this node."
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
            WriteFault(NotFound(egress), egress, _hasEnded);
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
