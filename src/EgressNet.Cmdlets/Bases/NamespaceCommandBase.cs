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

    /// <summary>The namespace: a name under /run/netns, a path, a process id or an object; without it, the caller's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("NetNS", "Sandbox")]
    [NetNamespaceTransformation]
    [ArgumentCompleter(typeof(NetNamespaceCompleter))]
    public NetNamespace? NetNamespace { get; set; }

    /// <summary>The conversation with the kernel, opened when first needed, and the same for all that is done to an item:
    /// what was read before a prompt is changed where it was read.</summary>
    private protected NamespaceSession Session => _session ??= _sessions.Enter(NetNamespace?.Reference);

    /// <summary>Where things happen, as a prompt says it.</summary>
    private protected string InNamespace =>
        NetNamespace is null or { Reference.IsCurrent: true } ? "" : $" in {NetNamespace.Reference}";

    /// <summary>Goes where an object is from, unless a namespace was named. Piped objects bring it by property; objects
    /// given as an argument do not. A script block given as the namespace may have had none for the object.</summary>
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

    /// <summary>Goes where a route is from.</summary>
    /// <returns>The route as it is where the cmdlet works.</returns>
    private protected NetRoute Follow(NetRoute route)
    {
        FollowObject(route.Origin);
        return Here(route);
    }

    /// <summary>Goes where an address is from, likewise.</summary>
    private protected NetIPAddress Follow(NetIPAddress address)
    {
        FollowObject(address.Origin);
        return Here(address);
    }

    /// <summary>Works on what the pipeline brought.</summary>
    private protected abstract void ProcessItem();

    protected sealed override void ProcessRecord()
    {
        _session = null;
        ProcessItem();
    }

    /// <summary>A piped route where the cmdlet works: in another namespace its interfaces go by their names.</summary>
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

    /// <summary>A piped address where the cmdlet works, likewise.</summary>
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

    /// <summary>What is gathered of the pipeline for the namespace. One that cannot be reached is told at once.</summary>
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
