using EgressNet.Netlink.Transport;

namespace EgressNet.Abstractions;

/// <summary>Gathers items of the pipeline for one namespace and sends up to 128 of them in one exchange. What comes too
/// early is tried again at the end, as long as others succeed.</summary>
internal abstract class PipelineBatch<T>(NamespaceCommand command) where T : class
{
    private const int Most = 128;
    private readonly List<T> _pending = [];
    private List<(T Item, Exception? Fault)> _early = [];
    private bool _hasMoved;

    protected NamespaceCommand Command { get; } = command;

    /// <summary>Whether the pipeline has ended, so that nothing can be written any more.</summary>
    protected bool HasEnded { get; private set; }

    /// <summary>Whether each item is done before the next is asked about.</summary>
    protected bool IsOneByOne { get; } = command.ActsOneByOne;

    protected NamespaceSession Session { get; private set; } = null!;

    public virtual void Add(NamespaceSession session, T item)
    {
        Follow(session);
        Queue(item);
    }

    public virtual void Flush()
    {
        SendPending();
        while (_early.Count > 0 && _hasMoved)
        {
            List<(T Item, Exception? Fault)> again = _early;
            _early = [];
            _hasMoved = false;
            again.ForEach(each => Queue(each.Item));
            SendPending();
        }

        List<(T Item, Exception? Fault)> left = _early;
        _early = [];
        Each(left, each =>
        {
            if (each.Fault is null)
            {
                Exchange([each.Item], isLast: true);
            }
            else
            {
                Command.WriteFault(each.Fault, TargetOf(each.Item), HasEnded);
            }
        });
    }

    /// <summary>Does what the pipeline left when it ended early: it was announced.</summary>
    public void Finish()
    {
        HasEnded = true;
        Flush();
    }

    /// <summary>What an error of an item points at.</summary>
    protected virtual object TargetOf(T item) => item;

    /// <summary>Whether an item must not come before an earlier one.</summary>
    protected virtual bool Follows(T earlier, T item) => false;

    protected virtual bool MayComeTooEarly(Exception fault) => fault is NetlinkException { MayComeTooEarly: true };

    /// <summary>Sends the items.</summary>
    /// <param name="session">Where to.</param>
    /// <param name="items">The items, in input order.</param>
    /// <param name="faults">Gets, at each item's place, why it was not done.</param>
    protected abstract void Send(NamespaceSession session, T[] items, Exception?[] faults);

    /// <summary>Writes what came of an item.</summary>
    protected abstract void Emit(NamespaceSession session, T item);

    /// <summary>Goes through all items, also where the pipeline ends at one of them.</summary>
    protected void Each<TItem>(IReadOnlyList<TItem> items, Action<TItem> tell)
    {
        int at = 0;
        try
        {
            for (; at < items.Count; at++)
            {
                tell(items[at]);
            }
        }
        finally
        {
            if (at < items.Count)
            {
                HasEnded = true;
                Each([.. items.Skip(at + 1)], tell);
            }
        }
    }

    /// <summary>Notes where the next items go. One that has no connection is told by itself.</summary>
    protected void Follow(NamespaceSession session)
    {
        _ = session.Connection;
        Session = session;
    }

    protected void Queue(T item)
    {
        if (_pending is [.., T previous] && Follows(previous, item))
        {
            SendPending();
        }

        if (_early is [.., var early] && Follows(early.Item, item))
        {
            _early.Add((item, null));
            return;
        }

        _pending.Add(item);
        if (_pending.Count >= (IsOneByOne ? 1 : Most))
        {
            SendPending();
        }
    }

    private void SendPending()
    {
        if (_pending.Count > 0)
        {
            T[] items = [.. _pending];
            _pending.Clear();
            Exchange(items, isLast: false);
        }
    }

    private void Exchange(T[] items, bool isLast)
    {
        NamespaceSession session = Session;
        Exception?[] faults = new Exception?[items.Length];
        try
        {
            // A stop does not tear an exchange apart: nobody would know what was done.
            using NetlinkConnection.CancellationHold hold = session.Connection.HoldCancellation();
            Send(session, items, faults);
        }
        catch (Exception lost) when (Command.ToError(lost, null) is not null)
        {
            Array.Fill(faults, lost);
        }

        Each([.. items.Zip(faults)], each =>
        {
            (T item, Exception? fault) = each;
            if (fault is null)
            {
                _hasMoved = true;
                Emit(session, item);
            }
            else if (!isLast && MayComeTooEarly(fault))
            {
                _early.Add((item, fault));
            }
            else
            {
                Command.WriteFault(fault, TargetOf(item), HasEnded);
            }
        });
    }
}
