using EgressNet.Journal;

namespace EgressNet.Tests.Journal;

public sealed class UndoJournalTests
{
    private readonly List<string> _undone = [];

    [Fact]
    public void What_returns_keeps_its_steps()
    {
        int made = UndoJournal.Run(journal =>
        {
            Note(journal, "a");
            return 7;
        });
        Assert.Equal(7, made);
        Assert.Empty(_undone);
    }

    [Fact]
    public void What_throws_is_walked_back_last_step_first()
    {
        InvalidOperationException cause = new("no more");
        Exception thrown = Assert.Throws<InvalidOperationException>(() => UndoJournal.Run<int>(journal =>
        {
            Note(journal, "a");
            Note(journal, "b");
            Note(journal, "c");
            throw cause;
        }));
        Assert.Same(cause, thrown);
        Assert.Equal(["c", "b", "a"], _undone);
    }

    [Fact]
    public void A_step_that_cannot_be_undone_does_not_hold_up_the_others()
    {
        InvalidOperationException cause = new("The kernel refused.");
        UndoFailedException thrown = Assert.Throws<UndoFailedException>(() => UndoJournal.Run<int>(journal =>
        {
            Note(journal, "a");
            journal.Add("link x", () => throw new IOException("it is busy"));
            Note(journal, "c");
            journal.Add("route y", () => throw new IOException("no answer"));
            throw cause;
        }));
        Assert.Equal(["c", "a"], _undone);
        Assert.Same(cause, thrown.InnerException);
        Assert.Equal(["route y (no answer)", "link x (it is busy)"], thrown.Left);
        Assert.Equal("The kernel refused. Left behind: route y (no answer); link x (it is busy)", thrown.Message);
    }

    [Fact]
    public void A_cancelled_operation_is_walked_back_too()
    {
        Assert.Throws<OperationCanceledException>(() => UndoJournal.Run<int>(journal =>
        {
            Note(journal, "a");
            throw new OperationCanceledException();
        }));
        Assert.Equal(["a"], _undone);
    }

    [Fact]
    public void Disposing_walks_back_once()
    {
        UndoJournal journal = new();
        Note(journal, "a");
        journal.Dispose();
        journal.Dispose();
        Assert.Equal(["a"], _undone);
        Assert.Empty(journal.Left);
    }

    [Fact]
    public void A_commit_keeps_the_steps_so_far_only()
    {
        using (UndoJournal journal = new())
        {
            Note(journal, "a");
            journal.Commit();
            Note(journal, "b");
        }

        Assert.Equal(["b"], _undone);
    }

    private void Note(UndoJournal journal, string step) => journal.Add(step, () => _undone.Add(step));
}
