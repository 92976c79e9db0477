using EgressNet.Netlink.Namespaces;

namespace EgressNet.Sessions;

/// <summary>The sessions of a cmdlet with the namespaces of its pipeline. One with a batch is kept until the pipeline's end,
/// any other while the namespace stays the same.</summary>
internal sealed class NamespaceSessions(CancellationToken stopping) : IDisposable
{
    // A socket each. Of more namespaces than that, one that is left is closed, and opened again when it is needed.
    private const int MaxOpen = 16;
    private readonly Dictionary<(NamespaceReference?, NetNamespaceIdentity?), NamespaceSession> _kept = [];
    private readonly List<NamespaceSession> _passed = [];
    private readonly Dictionary<object, GatheringBase> _byNamespace = [];
    private readonly List<GatheringBase> _gatherings = [];
    private NamespaceSession? _current;

    private bool HasTooMany => _kept.Count + _passed.Count > MaxOpen;

    /// <summary>The session with the namespace that a reference leads to now. When its name leads to another namespace since
    /// the last item, that is a new session, and a reference with the identity of the first is refused.</summary>
    public NamespaceSession Enter(NamespaceReference? reference)
    {
        if (_current is null || !_current.IsFor(reference))
        {
            Leave();
            _current = _kept.GetValueOrDefault((reference, reference?.Identity))
                ?? new NamespaceSession(reference, stopping);
        }

        if (_current.IsPassed)
        {
            Leave();
            if (_kept.Remove((reference, reference?.Identity), out NamespaceSession? passed))
            {
                _passed.Add(passed);
            }

            _current = new NamespaceSession(reference, stopping);
        }

        return _current;
    }

    /// <summary>The batch for the namespace of a session, by whatever path it was entered.</summary>
    /// <param name="session">The session entered last.</param>
    /// <param name="begin">Begins where nothing is.</param>
    public T Gather<T>(NamespaceSession session, Func<NamespaceSession, T> begin) where T : GatheringBase
    {
        if (session.Gathering is null)
        {
            object identity = session.Identity is { } known ? known : session;
            if (!_byNamespace.TryGetValue(identity, out GatheringBase? gathering))
            {
                _byNamespace.Add(identity, gathering = begin(session));
                _gatherings.Add(gathering);
            }

            session.Gathering = gathering;
            _kept.Add((session.Reference, session.Reference?.Identity), session);
        }

        return (T)session.Gathering;
    }

    public void Flush() => ForEach(gathering => gathering.Flush());

    public void Finish() => ForEach(gathering => gathering.Finish());

    public void Dispose()
    {
        _current?.Dispose();
        foreach (NamespaceSession session in _kept.Values.Concat(_passed))
        {
            session.Dispose();
        }
    }

    private void ForEach(Action<GatheringBase> work)
    {
        foreach (GatheringBase gathering in _gatherings)
        {
            work(gathering);
            if (HasTooMany)
            {
                gathering.Session.Dispose();
            }
        }
    }

    private void Leave()
    {
        if (_current is { Gathering: null } || HasTooMany)
        {
            _current?.Dispose();
        }
    }
}
