using EgressNet.Netlink.Transport;

namespace EgressNet.Abstractions;

/// <summary>Gathers items of the pipeline for one namespace and sends up to 128 of them in one exchange.</summary>
internal abstract class PipelineBatch<T>(NamespaceCommand command)
{
    private const int Most = 128;
    private readonly List<T> _pending = [];
    private readonly List<T> _held = [];
    private readonly int _most = command.StopsOnError ? 1 : Most;
    private NamespaceSession? _session;

    protected NamespaceCommand Command { get; } = command;

    public void Add(NamespaceSession session, T item)
    {
        _session = session;
        if (_most > 1 && IsHeld(item))
        {
            _held.Add(item);
            return;
        }

        _pending.Add(item);
        if (_pending.Count >= _most)
        {
            SendPending();
        }
    }

    public void Flush()
    {
        SendPending();
        foreach (T[] items in _held.Chunk(_most))
        {
            Attempt(items);
        }

        _held.Clear();
    }

    /// <summary>Whether an item waits for the end of the pipeline.</summary>
    protected virtual bool IsHeld(T item) => false;

    private void SendPending()
    {
        if (_pending.Count > 0)
        {
            T[] items = [.. _pending];
            _pending.Clear();
            Attempt(items);
        }
    }

    private void Attempt(T[] items)
    {
        NamespaceSession session = _session!;
        Command.Attempt(items[0], () =>
        {
            try
            {
                Send(session, items);
            }
            catch (NetlinkTransportException lost)
            {
                // Nobody knows which of them were done.
                Array.ForEach(items, item => Command.WriteFault(lost, item));
            }
        });
    }

    /// <summary>Sends the items and tells of each, its result or its own error, in input order.</summary>
    protected abstract void Send(NamespaceSession session, T[] items);
}
