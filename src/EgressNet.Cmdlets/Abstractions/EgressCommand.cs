using System.Management.Automation;
using EgressNet.Errors;

namespace EgressNet.Abstractions;

/// <summary>What every cmdlet of the module does alike: stop when asked, and turn a failed item into an
/// error.</summary>
public abstract class EgressCommand : PSCmdlet, IDisposable
{
    // Made eagerly: made on demand, a stop that comes first would be lost.
    private readonly CancellationTokenSource _stop = new();

    private protected abstract Subject Subject { get; }

    private protected CancellationToken StopToken => _stop.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Refuses an argument that was given and is none. What comes by property is not bound yet: null there
    /// means that the object has none.</summary>
    protected override void BeginProcessing()
    {
        if (MissingArgument.Find(GetType(), MyInvocation.BoundParameters!) is { } missing)
        {
            ThrowTerminatingError(missing);
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Frees what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
    }

    /// <summary>Whether the first error ends the pipeline, so that nothing may run ahead of it.</summary>
    internal bool StopsOnError =>
        (MyInvocation.BoundParameters.TryGetValue("ErrorAction", out object? given)
            ? given
            : GetVariableValue("ErrorActionPreference")) is { } action
        && string.Equals(action.ToString(), nameof(ActionPreference.Stop), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a person says yes to each item, and expects it to be done by then.</summary>
    private protected bool AsksForEach =>
        MyInvocation.BoundParameters.TryGetValue("Confirm", out object? given)
            ? LanguagePrimitives.IsTrue(given)
            : GetVariableValue("ConfirmPreference") is { } preference
                && $"{preference}" is nameof(ConfirmImpact.Low) or nameof(ConfirmImpact.Medium);

    internal void WriteFault(Exception fault, object? target) => Attempt(target, () => throw fault);

    /// <summary>Works on one item. What the lower floors refuse becomes the item's error and the next one follows;
    /// anything else is a defect and ends the pipeline.</summary>
    internal void Attempt(object? target, Action work)
    {
        try
        {
            work();
        }
        catch (ErrorRecordException failed)
        {
            WriteError(failed.Record);
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception fault) when (fault.ToFailedError(Subject, target) is { } error)
        {
            WriteError(error);
        }
    }
}
