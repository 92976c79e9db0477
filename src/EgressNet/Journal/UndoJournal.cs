using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;

namespace EgressNet.Journal;

/// <summary>Steps done so far, each with the way back. Unless <see cref="Commit"/> was called, disposing walks the
/// steps back in reverse order.</summary>
public sealed class UndoJournal : IDisposable
{
    private readonly Stack<(string Step, Action Undo)> _steps = [];
    private readonly List<string> _left = [];

    /// <summary>What could not be undone, step by step with its reason; empty after a complete way back.</summary>
    public IReadOnlyList<string> Left => _left;

    /// <summary>Notes a step that was just done.</summary>
    /// <param name="step">What it made, as a person would name it.</param>
    /// <param name="undo">The way back.</param>
    public void Add(string step, Action undo) => _steps.Push((step, undo));

    /// <summary>Does a step and notes it. Unless it is known that the kernel refused it, as where its answer was lost, it
    /// may have been done: it is noted too, and its way back may then have nothing to do.</summary>
    /// <param name="step">What it makes, as a person would name it.</param>
    /// <param name="act">The step.</param>
    /// <param name="undo">The way back.</param>
    public void Do(string step, Action act, Action undo)
    {
        try
        {
            act();
        }
        catch (Exception unclear) when (unclear is not (NetlinkException or NfTransactionException))
        {
            Add(step, () =>
            {
                try
                {
                    undo();
                }
                catch (NetlinkException already) when (already.IsAbsent || already.IsAlreadyThere)
                {
                }
            });
            throw;
        }

        Add(step, undo);
    }

    /// <summary>Keeps all steps.</summary>
    public void Commit() => _steps.Clear();

    /// <summary>Walks back every step, going on past one that fails.</summary>
    public void Dispose()
    {
        while (_steps.TryPop(out (string Step, Action Undo) step))
        {
            try
            {
                step.Undo();
            }
            catch (Exception error)
            {
                _left.Add($"{step.Step} ({error.Message})");
            }
        }
    }

    /// <summary>Does work under a journal: keeps its steps when it returns, walks them back when it
    /// throws.</summary>
    /// <typeparam name="T">What the work makes.</typeparam>
    /// <param name="work">The work, which notes its steps.</param>
    /// <returns>What the work made.</returns>
    /// <exception cref="UndoFailedException">The work failed and so did part of the way back.</exception>
    public static T Run<T>(Func<UndoJournal, T> work)
    {
        UndoJournal journal = new();
        try
        {
            T result = work(journal);
            journal.Commit();
            return result;
        }
        catch (Exception error)
        {
            journal.Dispose();
            if (journal.Left.Count > 0)
            {
                throw new UndoFailedException(error, journal.Left);
            }

            throw;
        }
    }
}
