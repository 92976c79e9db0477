using EgressNet.Bases;
using EgressNet.Netlink.Transport;
using EgressNet.Sessions;

namespace EgressNet.Batches;

/// <summary>Sends up to 128 of the gathered items in one exchange. What comes too early is tried again at the end, as long
/// as others succeed.</summary>
internal abstract class PipelineBatchBase<T>(EgressCommandBase command, NamespaceSession session)
    : GatheringBase(session) where T : class
{
    private const int MaxPending = 128;
    private readonly List<T> _pending = [];
    private readonly List<(T Item, Exception? Fault)> _early = [];
    private readonly Queue<T> _again = [];
    private readonly Queue<(T Item, Exception? Fault)> _left = [];
    private readonly HashSet<object> _orders = [];
    private readonly HashSet<object> _waiting = [];
    private bool _hasMoved;

    protected EgressCommandBase Command { get; } = command;

    /// <summary>Whether each item is sent by itself.</summary>
    protected bool IsOneByOne { get; } = command.ActsOneByOne;

    public void Add(T item)
    {
        if (OrderOf(item) is { } order)
        {
            if (!_orders.Add(order))
            {
                SendPending();
                _orders.Add(order);
            }

            if (_waiting.Contains(order))
            {
                Wait(item, fault: null);
                return;
            }
        }

        _pending.Add(item);
        if (_pending.Count >= (IsOneByOne ? 1 : MaxPending))
        {
            SendPending();
        }
    }

    public override void Flush()
    {
        TryAgain();
        while (_early.Count > 0 && _hasMoved)
        {
            _hasMoved = false;
            _early.ForEach(early => _again.Enqueue(early.Item));
            _early.Clear();
            _waiting.Clear();
            TryAgain();
        }

        _early.ForEach(_left.Enqueue);
        _early.Clear();
        _waiting.Clear();
        while (_left.TryDequeue(out (T Item, Exception? Fault) each))
        {
            (T item, Exception? fault) = each;
            if (fault is null)
            {
                Exchange([item], isLast: true);
            }
            else
            {
                Command.WriteFault(fault, TargetOf(item), HasEnded);
            }
        }
    }

    /// <summary>The target object of an item's errors.</summary>
    protected virtual object TargetOf(T item) => item;

    /// <summary>The key of items whose order must be kept; null for an item without one.</summary>
    protected virtual object? OrderOf(T item) => null;

    protected virtual bool MayComeTooEarly(Exception fault) => fault is NetlinkException { MayComeTooEarly: true };

    /// <summary>Sends the items.</summary>
    /// <param name="items">The items, in input order.</param>
    /// <param name="faults">Gets, at each item's place, why it was not done.</param>
    protected abstract void Send(T[] items, Exception?[] faults);

    /// <summary>Writes the result of an item.</summary>
    protected abstract void Emit(T item);

    /// <summary>Processes all items, even when the pipeline is stopped at one of them.</summary>
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

    private void TryAgain()
    {
        while (_again.TryDequeue(out T? item))
        {
            Add(item);
        }

        SendPending();
    }

    private void Wait(T item, Exception? fault)
    {
        _early.Add((item, fault));
        if (OrderOf(item) is { } order)
        {
            _waiting.Add(order);
        }
    }

    private void SendPending()
    {
        if (_pending.Count > 0)
        {
            T[] items = [.. _pending];
            _pending.Clear();
            _orders.Clear();
            Exchange(items, isLast: false);
        }
    }

    private void Exchange(T[] items, bool isLast)
    {
        Exception?[] faults = new Exception?[items.Length];
        try
        {
            // A stop does not tear an exchange apart: nobody would know what was done.
            using NetlinkConnection.CancellationHold hold = Session.Connection.HoldCancellation();
            Send(items, faults);
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
                Emit(item);
            }
            else if (!isLast && MayComeTooEarly(fault))
            {
                Wait(item, fault);
            }
            else
            {
                Command.WriteFault(fault, TargetOf(item), HasEnded);
            }
        });
    }
}
