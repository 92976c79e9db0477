using System.Collections;
using EgressNet.Arguments;
using EgressNet.Errors;
using EgressNet.Netlink.Namespaces;
using EgressNet.Sessions;

namespace EgressNet.Bases;

/// <summary>What every cmdlet of the module does alike: stop when asked, and turn a failed item into an error.</summary>
public abstract class EgressCommandBase : TerminalCommandBase, IDisposable
{
    // Made eagerly: made on demand, a stop that comes first would be lost.
    private readonly CancellationTokenSource _stop = new();
    private string[] _given = [];

    private protected abstract Subject Subject { get; }

    private protected CancellationToken StopToken => _stop.Token;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Refuses an argument that was given and is none, or no wildcard. What comes by property is not bound yet:
    /// null there means that the object has none.</summary>
    protected override void BeginProcessing()
    {
        try
        {
            LaterAssemblies.Load();
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

    /// <summary>Frees what the cmdlet holds.</summary>
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

    /// <summary>Refuses a filter that got no value of a piped object, or of a script block: everything would be meant.</summary>
    /// <exception cref="ErrorRecordException">There is one.</exception>
    private protected void RequireFilters()
    {
        if (MissingArgument.FindFilter(GetType(), MyInvocation.BoundParameters!) is { } missing)
        {
            throw new ErrorRecordException(missing);
        }
    }

    /// <summary>Whether the first error ends the pipeline, so that nothing may run ahead of it.</summary>
    internal bool StopsOnError => Preference("ErrorAction", "ErrorActionPreference") == nameof(ActionPreference.Stop);

    /// <summary>Whether each item is announced to somebody, so that the text of it is needed.</summary>
    internal bool Announces => _announces ??=
        IsOn("WhatIf", "WhatIfPreference") || IsOn("Verbose", "VerbosePreference") || AsksForEach;

    /// <summary>Told each change; null where nobody listens, so that its text is not made.</summary>
    private protected Action<string>? Report => Announces ? WriteVerbose : null;

    /// <summary>Whether each item is done before the next comes.</summary>
    internal bool ActsOneByOne => StopsOnError || Announces;

    private bool? _announces, _isRehearsal;

    /// <summary>With -WhatIf, refuses what the real call would refuse before it writes. Who may not look is told what would
    /// be done all the same.</summary>
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

    /// <summary>Whether nothing is done but told.</summary>
    private protected bool IsRehearsal => _isRehearsal ??= IsOn("WhatIf", "WhatIfPreference");

    /// <summary>Whether a person says yes to each item, and expects it to be done by then.</summary>
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

    /// <summary>Works on one item. What the lower layers refuse becomes the item's error and the next one follows;
    /// anything else is a defect and ends the pipeline.</summary>
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

    /// <summary>Works on each item, as on one.</summary>
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

    /// <summary>A session that ends with the work on one item.</summary>
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
