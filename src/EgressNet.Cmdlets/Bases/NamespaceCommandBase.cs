using EgressNet.Arguments;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Sessions;
using EgressNet.Transformations;

namespace EgressNet.Bases;

/// <summary>A cmdlet that works in a network namespace.</summary>
public abstract class NamespaceCommandBase : EgressCommandBase
{
    private readonly NamespaceSessions _sessions;
    private NamespaceSession? _session;

    private protected NamespaceCommandBase() => _sessions = new NamespaceSessions(StopToken);

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("NetNS", "Sandbox")]
    [NetNamespaceTransformation]
    [ArgumentCompleter(typeof(NetNamespaceCompleter))]
    public NetNamespace? NetNamespace { get; set; }

    /// <summary>The session with the namespace, opened when first needed and the same for one item: what was read before a
    /// prompt is changed through the same connection.</summary>
    private protected NamespaceSession Session => _session ??= _sessions.Enter(NetNamespace?.Reference);

    /// <summary>The namespace, for prompts.</summary>
    private protected string InNamespace =>
        NetNamespace is null or { Reference.IsCurrent: true } ? "" : $" in {NetNamespace.Reference}";

    /// <summary>Uses the namespace that an object was read in, unless -NetNamespace was given. Piped objects bind it by
    /// property; objects given as an argument do not. A script block given as -NetNamespace may return null for an
    /// object.</summary>
    private protected void FollowObject(NamespaceOrigin origin)
    {
        bool isBound = MyInvocation.BoundParameters.TryGetValue(nameof(NetNamespace), out object? bound);
        if (isBound && bound is null && origin.Text is not null)
        {
            throw new ErrorRecordException(MissingArgument.ErrorOf(nameof(NetNamespace)));
        }

        if (bound is null)
        {
            NetNamespace = new NetNamespace(origin);
            _session = null;
        }
    }

    /// <summary>Uses the namespace that a route was read in.</summary>
    /// <returns>The route as it is where the cmdlet works.</returns>
    private protected NetRoute Follow(NetRoute route)
    {
        FollowObject(route.Origin);
        return Here(route);
    }

    /// <summary>Uses the namespace that an address was read in.</summary>
    private protected NetIPAddress Follow(NetIPAddress address)
    {
        FollowObject(address.Origin);
        return Here(address);
    }

    /// <summary>Goes where something of an interface is from.</summary>
    /// <param name="origin">Where it was read.</param>
    /// <param name="index">The interface's index then.</param>
    /// <param name="alias">The interface's name then.</param>
    /// <param name="item">The object, which an error points at.</param>
    /// <returns>The interface's index where the cmdlet works: in another namespace it goes by its name.</returns>
    /// <exception cref="ErrorRecordException">It is gone, and another one has its index.</exception>
    private protected int FollowInterface(NamespaceOrigin origin, int index, string alias, object item)
    {
        FollowObject(origin);
        return (IsAtHome(origin)
            ? Session.RequireInterface(index, alias, item)
            : Session.RequireInterface(alias, item)).Index;
    }

    /// <summary>Processes one pipeline object.</summary>
    private protected abstract void ProcessItem();

    protected sealed override void ProcessRecord()
    {
        _session = null;
        ProcessItem();
    }

    /// <summary>A piped route in the namespace of the cmdlet: in another one its interfaces are resolved by name.</summary>
    /// <exception cref="ErrorRecordException">An interface of it is gone, and another one has its index.</exception>
    private protected NetRoute Here(NetRoute route)
    {
        if (!IsAtHome(route.Origin))
        {
            return Session.ToOutput(new InterfaceLookup(Session).Resolve(route));
        }

        Session.ThrowIfReplaced(route.InterfaceIndex, route.InterfaceAlias, route);
        for (int at = 0; at < route.HopAliases?.Count; at++)
        {
            Session.ThrowIfReplaced(route.Route.NextHops![at].InterfaceIndex, route.HopAliases[at], route);
        }

        return route;
    }

    /// <summary>A piped address in the namespace of the cmdlet: in another one its interface is resolved by name.</summary>
    private protected NetIPAddress Here(NetIPAddress address)
    {
        if (!IsAtHome(address.Origin))
        {
            int index = Session.RequireInterface(address.InterfaceAlias, address).Index;
            return Session.ToOutput(address.Address with { InterfaceIndex = index }, address.Gateway);
        }

        Session.ThrowIfReplaced(address.InterfaceIndex, address.InterfaceAlias, address);
        return address;
    }

    // A copy tells no identity, and an index of it may be another's by now.
    private protected bool IsAtHome(NamespaceOrigin origin) => origin.Reference.Identity is { } identity
        && (!IsGiven(nameof(NetNamespace)) || identity == Session.Identity);

    /// <summary>The batch of the namespace. One that cannot be entered is an error at once.</summary>
    private protected T Gather<T>(Func<NamespaceSession, T> begin) where T : GatheringBase =>
        _sessions.Gather(Session, begin);

    protected override void EndProcessing() => _sessions.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _sessions.Finish();
            _sessions.Dispose();
        }

        base.Dispose(disposing);
    }
}
