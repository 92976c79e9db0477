using EgressNet.Netlink.Transport;

namespace EgressNet.Changes;

/// <summary>The changes of one operation. Each is reported, applied and recorded; when the operation fails they are undone in
/// reverse order. Every change of the kernel goes through here.</summary>
internal sealed class ChangeSet
{
    private readonly Action<string>? _report;
    private readonly CancellationToken _cancellationToken;
    private readonly Stack<Change> _made = [];
    private bool _isReportBroken;

    private ChangeSet(Action<string>? report, CancellationToken cancellationToken) =>
        (_report, _cancellationToken) = (report, cancellationToken);

    /// <summary>Runs work whose changes are kept when it returns and undone when it throws.</summary>
    /// <typeparam name="T">What the work makes.</typeparam>
    /// <param name="report">Called with the text of each change just before it is made; may be null.</param>
    /// <param name="cancellationToken">Ends the work between two changes.</param>
    /// <returns>What the work made.</returns>
    /// <exception cref="UndoFailedException">The work failed and so did part of the way back.</exception>
    public static T Run<T>(
        Action<string>? report, Func<ChangeSet, T> work, CancellationToken cancellationToken = default)
    {
        ChangeSet changes = new(report, cancellationToken);
        try
        {
            return work(changes);
        }
        catch (Exception cause)
        {
            List<string> left = changes.Undo();

            // An end that somebody asked for stays what it is: PowerShell knows its own exceptions again.
            if (left.Count > 0 && cause is not OperationCanceledException && !changes._isReportBroken)
            {
                throw new UndoFailedException(cause, left);
            }

            throw;
        }
    }

    /// <summary>Runs work whose changes are kept even when it throws.</summary>
    /// <param name="report">Called with the text of each change just before it is made; may be null.</param>
    public static void RunForward(Action<string>? report, Action<ChangeSet> work) =>
        work(new ChangeSet(report, CancellationToken.None));

    /// <summary>Applies one change.</summary>
    /// <exception cref="OperationCanceledException">The operation was cancelled; the change was not made.</exception>
    public void Do(Change change)
    {
        ThrowIfCancelled();
        if (_report is not null && !change.IsToldInParts)
        {
            Report(change.Text);
            ThrowIfCancelled();
        }

        _made.Push(change);
        try
        {
            change.Apply();
        }
        catch (Exception fault) when (change.WasRefused(fault))
        {
            _made.Pop();
            if (fault is NetlinkException refused)
            {
                throw refused.Within(change.Text);
            }

            throw;
        }
    }

    /// <summary>Throws when the operation was cancelled.</summary>
    public void ThrowIfCancelled() => _cancellationToken.ThrowIfCancellationRequested();

    /// <summary>Reports a part of a change just before it is applied.</summary>
    /// <param name="text">The part in words.</param>
    public void Report(string text)
    {
        try
        {
            _report?.Invoke(text);
        }
        catch
        {
            _isReportBroken = true;
            throw;
        }
    }

    private List<string> Undo()
    {
        List<string> left = [];
        while (_made.TryPop(out Change? change))
        {
            try
            {
                change.Undo();
            }
            catch (NetlinkException already) when (already.IsAbsent || already.IsAlreadyThere)
            {
            }
            catch (Exception fault)
            {
                left.Add($"{change.Trace} ({fault.Message})");
            }
        }

        return left;
    }
}
