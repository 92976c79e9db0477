using System.Management.Automation;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Transformations;
using NamespaceReference = EgressNet.Netlink.Namespaces.NetNamespace;

namespace EgressNet.Abstractions;

/// <summary>A cmdlet that works in a network namespace.</summary>
public abstract class NamespaceCommand : EgressCommand
{
    private NamespaceSession? _session;

    /// <summary>The namespace: a name under /run/netns, a path, a process id or an object; without it, the
    /// caller's.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("NetNS", "Sandbox")]
    [NetNamespaceTransformation]
    [ArgumentCompleter(typeof(NetNamespaceCompleter))]
    public NamespaceReference? NetNamespace { get; set; }

    /// <summary>The conversation with the kernel, opened when first needed and kept while the namespace stays the
    /// same.
    /// </summary>
    private protected NamespaceSession Session
    {
        get
        {
            if (_session is null || !_session.IsFor(NetNamespace))
            {
                if (_session is not null)
                {
                    LeaveNamespace();
                    _session.Dispose();
                    _session = null;
                }

                _session = new NamespaceSession(NetNamespace, StopToken);
            }

            return _session;
        }
    }

    /// <summary>Where things happen, as a prompt says it.</summary>
    private protected string InNamespace => NetNamespace is null or { IsCurrent: true } ? "" : $" in {NetNamespace}";

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
            NetNamespace = origin.Reference;
        }
    }

    /// <summary>A piped route where the cmdlet works: in another namespace its interfaces go by their names.</summary>
    private protected NetRoute Here(NetRoute route) => IsAtHome(route.Origin)
        ? route
        : Session.ToOutput(new RouteItem(route).Resolve(new InterfaceLookup(Session)));

    /// <summary>A piped address where the cmdlet works, likewise.</summary>
    private protected NetIPAddress Here(NetIPAddress address) => IsAtHome(address.Origin)
        ? address
        : Session.ToOutput(
            address.Address with { InterfaceIndex = Session.RequireInterface(address.InterfaceAlias).Index },
            address.Gateway);

    // A copy tells no identity, and an index of it may be another's by now.
    private bool IsAtHome(NamespaceOrigin origin) => origin.Reference.Identity is { } identity
        && (!IsGiven(nameof(NetNamespace)) || identity == Session.Identity);

    /// <summary>Finishes what is gathered for the namespace before the pipeline brings the next one.</summary>
    private protected virtual void LeaveNamespace()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _session?.Dispose();
        }

        base.Dispose(disposing);
    }
}
