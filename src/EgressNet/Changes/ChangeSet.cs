using EgressNet.Netlink.Transport;

namespace EgressNet.Changes;

/// <summary>The changes of one operation. Each is told, made and noted; when the operation fails they are undone, last
/// one first. Everything that changes the kernel goes this way.</summary>
internal sealed class ChangeSet
{
    private readonly Action<string>? _report;
    private readonly CancellationToken _cancellationToken;
    private readonly Stack<Change> _made = [];
    private bool _isReportBroken;

    private ChangeSet(Action<string>? report, CancellationToken cancellationToken) =>
        (_report, _cancellationToken) = (report, cancellationToken);

    /// <summary>Does work whose changes are kept when it returns and undone when it throws.</summary>
    /// <typeparam name="T">What the work makes.</typeparam>
    /// <param name="report">Told each change just before it is made; null for nobody.</param>
    /// <param name="work">The work.</param>
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

    /// <summary>Does work whose changes are kept whatever becomes of it.</summary>
    /// <param name="report">Told each change just before it is made; null for nobody.</param>
    /// <param name="work">The work.</param>
    public static void RunForward(Action<string>? report, Action<ChangeSet> work) =>
        work(new ChangeSet(report, CancellationToken.None));

    /// <summary>Makes one change.</summary>
    /// <param name="change">The change.</param>
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

    /// <summary>Ends the operation where that was asked for.</summary>
    public void ThrowIfCancelled() => _cancellationToken.ThrowIfCancellationRequested();

    /// <summary>Tells a part of a change just before it is made.</summary>
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
