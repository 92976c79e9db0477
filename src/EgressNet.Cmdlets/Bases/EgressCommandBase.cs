using System.Collections;
using EgressNet.Arguments;
using EgressNet.Errors;
using EgressNet.Netlink.Namespaces;
using EgressNet.Sessions;

namespace EgressNet.Bases;

/// <summary>What all cmdlets share: stopping, and an error record for each item that fails.</summary>
public abstract class EgressCommandBase : TerminalCommandBase, IDisposable
{
    // Made eagerly: made on demand, a stop that comes first would be lost.
    private readonly CancellationTokenSource _stop = new();
    private string[] _given = [];

    private protected abstract Subject Subject { get; }

    // A source that is disposed gives no token any more.
    private protected CancellationToken StopToken { get; }

    private protected EgressCommandBase() => StopToken = _stop.Token;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Refuses arguments of the command line that are null, empty or invalid wildcards. Values of piped objects are
    /// not bound yet; null there means that the object has no value.</summary>
    protected override void BeginProcessing()
    {
        try
        {
            LaterAssemblies.LoadIfScarce();
        }
        catch (IOException exhausted) when (ToError(exhausted, null) is { } error)
        {
            ThrowTerminatingError(error);
        }

        _given = [.. MyInvocation.BoundParameters.Keys];
        if ((ObjectArgument.Find(MyInvocation.BoundParameters!)
            ?? MissingArgument.Find(GetType(), MyInvocation.BoundParameters!)
            ?? InvalidWildcard.Find(GetType(), MyInvocation.BoundParameters!)) is { } refused)
        {
            ThrowTerminatingError(refused);
        }
    }

    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Releases the cmdlet's resources.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
    }

    /// <summary>Whether a parameter got its value from the command line.</summary>
    private protected bool IsGiven(string parameter) => _given.Contains(parameter);

    /// <summary>Whether a parameter got its value from a piped object.</summary>
    private protected bool IsPiped(string parameter) =>
        !IsGiven(parameter) && MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>Refuses a filter whose value from a piped object or a script block is null: it would match everything.</summary>
    /// <exception cref="ErrorRecordException">There is one.</exception>
    private protected void RequireFilters()
    {
        if (MissingArgument.FindFilter(GetType(), MyInvocation.BoundParameters!) is { } missing)
        {
            throw new ErrorRecordException(missing);
        }
    }

    /// <summary>Whether the first error ends the pipeline (-ErrorAction Stop), so that no later item may run before it.</summary>
    internal bool StopsOnError => Preference("ErrorAction", "ErrorActionPreference") == nameof(ActionPreference.Stop);

    /// <summary>Whether -WhatIf, -Verbose or -Confirm shows each item, so that its text is needed.</summary>
    internal bool Announces => _announces ??=
        IsOn("WhatIf", "WhatIfPreference") || IsOn("Verbose", "VerbosePreference") || AsksForEach;

    /// <summary>Writes each change with -Verbose; null where it is not shown, so that its text is not made.</summary>
    private protected Action<string>? Report => Announces ? WriteVerbose : null;

    /// <summary>Whether each item is processed before the next one is read, and not in a batch.</summary>
    internal bool ActsOneByOne => StopsOnError || Announces;

    private bool? _announces, _isRehearsal;

    /// <summary>With -WhatIf, runs the checks of the real call. Missing rights are ignored, so that the announcement is still
    /// shown.</summary>
    /// <param name="look">Looks, and fails as the real call does.</param>
    private protected void Foresee(Action look)
    {
        if (!IsRehearsal)
        {
            return;
        }

        try
        {
            look();
        }
        catch (Exception denied) when (ToError(denied, null) is { CategoryInfo.Category: ErrorCategory.PermissionDenied })
        {
        }
    }

    /// <summary>Whether -WhatIf is on.</summary>
    private protected bool IsRehearsal => _isRehearsal ??= IsOn("WhatIf", "WhatIfPreference");

    /// <summary>Whether each item is confirmed by the user, who expects it to be done at once.</summary>
    internal bool AsksForEach => MyInvocation.BoundParameters.TryGetValue("Confirm", out object? given)
        ? given is SwitchParameter { IsPresent: true }
        : Preference("", "ConfirmPreference") is nameof(ConfirmImpact.Low) or nameof(ConfirmImpact.Medium);

    /// <summary>Writes an error.</summary>
    /// <param name="fault">What failed.</param>
    /// <param name="target">The item.</param>
    /// <param name="hasEnded">Whether the pipeline has ended: what cannot be written any more goes to $Error.</param>
    internal void WriteFault(Exception fault, object? target, bool hasEnded = false)
    {
        if (ToError(fault, target) is not { } error)
        {
            throw fault;
        }

        try
        {
            WriteError(error);
        }
        catch (Exception ended) when (ended is InvalidOperationException or PipelineStoppedException)
        {
            if (hasEnded || StopToken.IsCancellationRequested)
            {
                Keep(error);
            }

            // -ErrorAction Stop ends a pipeline in this way too.
            if (!hasEnded)
            {
                throw;
            }
        }
    }

    /// <returns>Null for what is a defect.</returns>
    internal ErrorRecord? ToError(Exception fault, object? target) =>
        fault is ErrorRecordException failed ? failed.Record : fault.ToFailedError(Subject, target);

    /// <summary>Processes one item. An error of the lower layers becomes an error record and the next item follows; any other
    /// exception is a defect and ends the pipeline.</summary>
    internal void Attempt(object? target, Action work)
    {
        try
        {
            work();
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception fault) when (ToError(fault, target) is { } error)
        {
            WriteError(error);
        }
    }

    /// <summary>Processes each item as <see cref="Attempt"/> does.</summary>
    private protected void ForEach<T>(IEnumerable<T> items, Action<T> work)
    {
        foreach (T item in items)
        {
            Attempt(item, () => work(item));
        }
    }

    /// <summary>Writes an error for each literal of a filter that nothing matched.</summary>
    private protected void WriteNotFound(IEnumerable<string> unmatched, string errorId, Func<string, string> message)
    {
        foreach (string literal in unmatched)
        {
            WriteError(message(literal).ToNotFoundError(errorId, literal));
        }
    }

    /// <summary>Opens a session for one item, to be disposed after it.</summary>
    /// <param name="ns">The namespace; null for the caller's.</param>
    private protected NamespaceSession Enter(NamespaceReference? ns = null) => new(ns, StopToken);

    private void Keep(ErrorRecord error)
    {
        if (Preference("ErrorAction", "ErrorActionPreference") != nameof(ActionPreference.Ignore)
            && SessionState.PSVariable.GetValue("global:Error") is IList errors && !errors.Contains(error))
        {
            errors.Insert(0, error);
        }
    }

    private bool IsOn(string parameter, string variable) =>
        MyInvocation.BoundParameters.TryGetValue(parameter, out object? given)
            ? given is SwitchParameter { IsPresent: true }
            : Preference("", variable) is not ("" or "False" or nameof(ActionPreference.SilentlyContinue)
                or nameof(ActionPreference.Ignore));

    private string Preference(string parameter, string variable)
    {
        object? value = MyInvocation.BoundParameters.TryGetValue(parameter, out object? given)
            ? given
            : GetVariableValue(variable);
        return Enum.TryParse(typeof(ActionPreference), $"{value}", ignoreCase: true, out object? action)
            ? $"{action}"
            : $"{value}";
    }
}
