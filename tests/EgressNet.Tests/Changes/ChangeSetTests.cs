using EgressNet.Changes;
using EgressNet.Netlink;
using EgressNet.Netlink.Transport;

namespace EgressNet.Tests.Changes;

public sealed class ChangeSetTests
{
    private const int ENODEV = 19, EEXIST = 17, EBUSY = 16;
    private readonly List<string> _log = [];

    [Fact]
    public void What_returns_keeps_its_changes_each_told_before_it_is_made()
    {
        int made = ChangeSet.Run(text => _log.Add($"tell {text}"), changes =>
        {
            changes.Do(New("a"));
            changes.Do(New("b"));
            return 7;
        }, TestContext.Current.CancellationToken);
        Assert.Equal(7, made);
        Assert.Equal(["tell a", "do a", "tell b", "do b"], _log);
    }

    [Fact]
    public void What_throws_is_undone_last_change_first()
    {
        InvalidOperationException cause = new("no more");
        Assert.Same(cause, Fails<InvalidOperationException>(cause, New("a"), New("b"), New("c")));
        Assert.Equal(["do a", "do b", "do c", "undo c", "undo b", "undo a"], _log);
    }

    [Fact]
    public void A_failed_undo_is_reported_and_does_not_stop_the_others()
    {
        InvalidOperationException cause = new("The kernel refused.");
        UndoFailedException thrown = Fails<UndoFailedException>(
            cause,
            New("a"),
            New("x", undo: () => throw new IOException("it is busy")),
            New("c"),
            New("y", undo: () => throw new NetlinkException(new("find", NetlinkObject.Link), Errno.EBUSY)));
        Assert.Equal(["undo c", "undo a"], _log.TakeLast(2));
        Assert.Same(cause, thrown.InnerException);
        Assert.Equal(2, thrown.Left.Count);
        Assert.StartsWith("trace of y (find link: ", thrown.Left[0]);
        Assert.Equal("trace of x (it is busy)", thrown.Left[1]);
        Assert.StartsWith("The kernel refused. Left behind: trace of y (", thrown.Message);
    }

    [Theory, InlineData(ENODEV), InlineData(EEXIST)]
    public void What_is_gone_or_back_already_is_undone(int errno) => Fails<InvalidOperationException>(
        new InvalidOperationException(), New("a", undo: () => throw new NetlinkException(new("find", NetlinkObject.Link), (Errno)errno)));

    [Fact]
    public void A_refused_change_is_not_undone_but_an_unanswered_one_is()
    {
        NetlinkException refused = Fails<NetlinkException>(
            null, New("a"), New("set link b", apply: () => throw new NetlinkException(new("set", NetlinkObject.Link), Errno.EBUSY)));
        Assert.Equal("set link b", refused.Operation.ToString());
        Assert.Equal(["do a", "undo a"], _log);

        _log.Clear();
        Fails<NetlinkTransportException>(null, New("a"), New("b", apply: () =>
            throw new NetlinkTransportException(NetlinkTransportError.TimedOut, "No reply.")));
        Assert.Equal(["do a", "undo b", "undo a"], _log);
    }

    [Fact]
    public void A_cancelled_operation_is_undone_and_stays_a_cancelled_one()
    {
        using CancellationTokenSource source = new();
        Assert.Throws<OperationCanceledException>(() => ChangeSet.Run<int>(null, changes =>
        {
            changes.Do(New("a", undo: () => throw new IOException("it is busy")));
            changes.Do(New("b"));
            source.Cancel();
            changes.Do(New("c"));
            return 0;
        }, source.Token));
        Assert.Equal(["do a", "do b", "undo b"], _log);
    }

    [Fact]
    public void What_the_listener_throws_is_never_wrapped()
    {
        Assert.Throws<TimeoutException>(() => ChangeSet.Run<int>(
            text => _ = text == "b" ? throw new TimeoutException() : text,
            changes =>
            {
                changes.Do(New("a", undo: () => throw new IOException("it is busy")));
                changes.Do(New("b"));
                return 0;
            },
            TestContext.Current.CancellationToken));
        Assert.Equal(["do a"], _log);
    }

    private static T Fails<T>(Exception? cause, params Change[] changes)
        where T : Exception => Assert.Throws<T>(() => ChangeSet.Run<int>(null, set =>
        {
            Array.ForEach(changes, set.Do);
            throw cause!;
        }));

    private Noted New(string name, Action? apply = null, Action? undo = null) => new(
        name, apply ?? (() => _log.Add($"do {name}")), undo ?? (() => _log.Add($"undo {name}")));

    private sealed class Noted(string name, Action apply, Action undo) : Change
    {
        public override string Text => name;

        public override string Trace => $"trace of {name}";

        public override void Apply() => apply();

        public override void Undo() => undo();
    }
}
